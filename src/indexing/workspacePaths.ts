import { posix, win32 } from 'node:path';

/** A folder that the workspace was opened with. */
export interface Folder {
  readonly name: string;
  /** Absolute path on disk. */
  readonly directory: string;
}

/** A folder with what stands before the paths of its files: nothing, or its name and a slash where there are several. */
export interface Root {
  readonly directory: string;
  readonly prefix: string;
  /** Folders of the workspace that lie within this one: their files are theirs. */
  readonly nested?: readonly string[];
}

/**
 * Maps absolute files to the paths that users and the index see, and back. A path is slash-separated and relative to
 * the workspace: `src/a.ts` where it has one folder, `name/src/a.ts` where it has several.
 */
export class WorkspacePaths {
  readonly roots: readonly Root[];
  readonly #windows: boolean;
  /** Deepest first, so that a folder within another one claims its own files. */
  readonly #byDepth: readonly Root[];

  constructor(folders: readonly Folder[], windows = process.platform === 'win32') {
    this.#windows = windows;
    const system = windows ? win32 : posix;
    const names = uniqueNames(folders);
    const directories = folders.map(({ directory }) => system.resolve(directory));
    this.roots = directories.map((directory, i) => ({
      directory,
      prefix: folders.length > 1 ? `${names[i]}/` : '',
      nested: directories.filter(
        other => other !== directory && this.#within(directory, other) !== undefined,
      ),
    }));
    this.#byDepth = this.roots.toSorted((a, b) => b.directory.length - a.directory.length);
  }

  /** The path of an absolute file; undefined outside the workspace. A folder itself has its prefix as its path. */
  pathOf(file: string): string | undefined {
    const place = this.locate(file);
    return place && place.root.prefix + place.within;
  }

  /** The folder that a file lies in, and its path within that folder. */
  locate(file: string): { root: Root; within: string } | undefined {
    for (const root of this.#byDepth) {
      const within = this.#within(root.directory, file);
      if (within !== undefined) return { root, within };
    }
    return undefined;
  }

  /** The absolute file of a path; undefined if no folder has it or it leads out of its folder. */
  fileOf(path: string): string | undefined {
    const root = this.roots.find(({ prefix }) => path.startsWith(prefix));
    if (!root) return undefined;
    const within = path.slice(root.prefix.length);
    if (within.split('/').includes('..')) return undefined;
    return (this.#windows ? win32 : posix).join(root.directory, within);
  }

  #within(directory: string, file: string): string | undefined {
    const ours = this.#comparable(directory);
    const theirs = this.#comparable(file);
    if (theirs === ours) return '';
    const start = ours.endsWith('/') ? ours : `${ours}/`;
    if (!theirs.startsWith(start)) return undefined;
    return this.#slashed(file).slice(start.length);
  }

  /** Windows does not tell `C:\A` from `c:/a`, and VS Code writes the drive in small letters. */
  #comparable(file: string): string {
    return this.#windows ? this.#slashed(file).toLowerCase() : file;
  }

  #slashed(file: string): string {
    return this.#windows ? file.replaceAll('\\', '/') : file;
  }
}

/** VS Code lets two folders have the same name; the later one gets a number. */
function uniqueNames(folders: readonly Folder[]): readonly string[] {
  const taken = new Set<string>();
  return folders.map(folder => {
    // A slash in a name would make its files look as if they lay deeper.
    const plain = folder.name.replace(/[\\/]/g, '-');
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
    taken.add(name);
    return name;
  });
}
