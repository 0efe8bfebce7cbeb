import { resolve } from 'node:path';
import { GitFailure, git, gitLines } from '../base/gitProcess.ts';
import { messageOf } from '../base/log.ts';
import { CatFile } from './catFile.ts';
import { type FileChange, PATCH_OPTIONS, parsePatch } from './gitPatch.ts';

export interface Commit {
  readonly id: string;
  /** Id of the tree of its files. */
  readonly tree: string;
  /** First parent first. */
  readonly parents: readonly string[];
}

export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'submodule';
  readonly id: string;
}

/**
 * A repository's objects, read by the program git: no other reader knows packs, alternates, replaced objects and
 * whatever comes next as well. Only ever reads; the work tree and the index are of no interest. Close it after use.
 */
export class GitObjects {
  /** Absolute path of the repository's top folder. */
  readonly top: string;
  /** The way from there to the folder that was opened: '' or slash-separated and ending in a slash. */
  readonly prefix: string;
  /** The history was cut when it was cloned. */
  readonly shallow: boolean;
  readonly #contents: CatFile;
  readonly #checks: CatFile;
  readonly #trees = new Map<string, Promise<readonly TreeEntry[]>>();
  readonly #sizes = new Map<string, Promise<number | undefined>>();

  private constructor(top: string, prefix: string, shallow: boolean) {
    this.top = top;
    this.prefix = prefix;
    this.shallow = shallow;
    this.#contents = new CatFile(top, '--batch');
    this.#checks = new CatFile(top, '--batch-check');
  }

  /**
   * The repository that a folder lies in.
   * @throws one sentence if there is none, if it has no commits, or if there is no program git.
   */
  static async open(directory: string): Promise<GitObjects> {
    const asked = ['rev-parse', '--show-toplevel', '--is-shallow-repository', '--show-prefix'];
    const answer = await git(directory, asked).catch(error => {
      throw new GitFailure(
        /not a git repository/.test(messageOf(error))
          ? `${directory} lies in no git repository, so there is no history to replay.`
          : `Git cannot read ${directory}: ${messageOf(error)}`,
      );
    });
    const [top, shallow, prefix] = answer.toString('utf8').split('\n');
    await git(directory, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).catch(() => {
      throw new GitFailure(`The repository of ${directory} has no commits yet.`);
    });
    return new GitObjects(resolve(top!), prefix!, shallow === 'true');
  }

  /** How many commits lead to HEAD. */
  async countCommits(): Promise<number> {
    return Number((await git(this.top, ['rev-list', '--count', 'HEAD'])).toString());
  }

  /**
   * The id of the commit that a name stands for, such as HEAD, a tag or the first digits of an id.
   * @throws one sentence if there is none.
   */
  async idOf(name: string): Promise<string> {
    const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const answer = await git(this.top, asked).catch(() => {
      throw new GitFailure(`There is no commit ${name} in ${this.top}.`);
    });
    return answer.toString('utf8').trim();
  }

  /**
   * Ids of the commits that lead to the one of id `from` and changed files of these pathspecs, newest first, without
   * merges and without commits whose parent is not there.
   */
  commitIds(pathspecs: readonly string[], from = 'HEAD'): AsyncGenerator<string> {
    return gitLines(this.top, ['rev-list', '--no-merges', '--min-parents=1', from, '--', ...pathspecs]);
  }

  /** Paths that the `count` newest commits up to `from` wrote, merges aside, newest first. */
  async lastTouched(from: string, count: number): Promise<readonly string[]> {
    // With pathspecs git would walk a long way in a history of many merges.
    const what = [
      '--no-merges',
      `--max-count=${count}`,
      '--format=',
      '--name-only',
      '-z',
      '--diff-filter=AM',
    ];
    const shape = ['--no-renames', '--no-show-signature', '--no-color', '--no-ext-diff', '--no-textconv'];
    const out = await git(this.top, ['log', ...what, ...shape, from, '--']);
    return [...new Set(out.toString('utf8').split('\0'))].filter(path => path.trim() !== '');
  }

  /** What changed between two commits in the files of these pathspecs. */
  async changes(from: string, to: string, pathspecs: readonly string[]): Promise<readonly FileChange[]> {
    return parsePatch(await git(this.top, ['diff-tree', ...PATCH_OPTIONS, from, to, '--', ...pathspecs]));
  }

  async commit(id: string): Promise<Commit> {
    const { content } = await this.#need(id, 'commit');
    const head = Buffer.from(content).toString('latin1').split('\n\n', 1)[0]!;
    const values = (key: string) =>
      [...head.matchAll(new RegExp(`^${key} ([0-9a-f]+)$`, 'gm'))].map(m => m[1]!);
    return { id, tree: values('tree')[0]!, parents: values('parent') };
  }

  /** One level of a tree. Trees are kept: two commits share all of theirs but a few. */
  tree(id: string): Promise<readonly TreeEntry[]> {
    let entries = this.#trees.get(id);
    if (!entries) {
      entries = this.#need(id, 'tree').then(({ content }) => parseTree(content, id.length / 2));
      this.#trees.set(id, entries);
    }
    return entries;
  }

  /** A blob's bytes; undefined if the repository does not have it, as in a partial clone. */
  async blob(id: string): Promise<Uint8Array | undefined> {
    return (await this.#contents.ask(id))?.content;
  }

  /** A blob as text; undefined if it is none, if it has more than `most` bytes, or if it is not there. */
  async text(id: string, most = Number.POSITIVE_INFINITY): Promise<string | undefined> {
    if (((await this.size(id)) ?? 0) > most) return undefined;
    const bytes = await this.blob(id);
    if (!bytes || bytes.includes(0)) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return undefined;
    }
  }

  /** A blob's size in bytes, without reading it. */
  size(id: string): Promise<number | undefined> {
    let size = this.#sizes.get(id);
    if (!size) {
      size = this.#checks.ask(id).then(object => object?.size);
      this.#sizes.set(id, size);
    }
    return size;
  }

  close(): void {
    this.#contents.close();
    this.#checks.close();
  }

  async #need(id: string, type: string) {
    const object = await this.#contents.ask(id);
    if (object?.type !== type) throw new GitFailure(`The repository has no ${type} ${id}.`);
    return object;
  }
}

/** `<mode> <name>`, NUL, and the id in `idBytes` bytes, over and over. */
function parseTree(content: Uint8Array, idBytes: number): readonly TreeEntry[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const nul = bytes.indexOf(0, space);
    const mode = bytes.subarray(at, space).toString('latin1');
    const end = nul + 1 + idBytes;
    entries.push({
      name: bytes.subarray(space + 1, nul).toString('utf8'),
      kind: KINDS[mode] ?? 'file',
      id: bytes.subarray(nul + 1, end).toString('hex'),
    });
    at = end;
  }
  return entries;
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'directory',
  '120000': 'link',
  '160000': 'submodule',
};
