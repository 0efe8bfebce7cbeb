import { languageOfPath } from '../domain/languages.ts';
import { holdsCode } from './cuts.ts';
import type { GitObjects } from './gitObjects.ts';

/** A file of code in the tree of a commit. */
export interface TreeFile {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly blob: string;
  /** Of its language (`domain/languages.ts`). */
  readonly family: string;
}

/** The files of code that a tree holds below the folder that `objects` was opened with, in git's order. */
export async function codeFilesIn(tree: string, objects: GitObjects): Promise<readonly TreeFile[]> {
  const { prefix } = objects;
  const files: TreeFile[] = [];
  const walk = async (id: string, way: string): Promise<void> => {
    for (const { name, kind, id: inner } of await objects.tree(id)) {
      const path = way + name;
      const folder = `${path}/`;
      if (kind === 'directory' && (folder.startsWith(prefix) || prefix.startsWith(folder))) {
        await walk(inner, folder);
      } else if (kind === 'file' && path.startsWith(prefix) && holdsCode(path)) {
        const { family } = languageOfPath(path)!;
        files.push({ path: path.slice(prefix.length), blob: inner, family });
      }
    }
  };
  await walk(tree, '');
  return files;
}
