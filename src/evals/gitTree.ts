import { relative, resolve, sep } from 'node:path';
import type { ComposeOptions } from '../compose.ts';
import type { GitObjects, TreeEntry } from './gitObjects.ts';

/** The port that the engine reads the workspace through. */
type Disk = NonNullable<ComposeOptions['disk']>;
type Listed = Awaited<ReturnType<Disk['list']>>;

/** Half of a blob's id: more than enough to tell two from each other, and still a whole number. */
const STAMP_DIGITS = 12;

/**
 * The files of one commit, seen as a disk on which the repository lies where it truly lies, so that the engine indexes
 * a past state as it indexes a folder. Nothing is written anywhere. A file's time of last change comes from its blob,
 * so that what is the same in two commits looks untouched.
 */
export class GitTreeDisk implements Disk {
  readonly #objects: GitObjects;
  /** Id of the top tree. */
  #root: string | undefined;
  /** What was read of this commit, by absolute path, and the texts that were asked for. */
  readonly #read = new Map<string, Uint8Array>();
  readonly #texts = new Map<string, string>();

  constructor(objects: GitObjects) {
    this.#objects = objects;
  }

  /**
   * Shows the files of another commit.
   * @returns absolute paths of what differs from the commit before: files, and directories that came or went whole.
   * Nothing the first time.
   */
  async checkout(commit: string): Promise<readonly string[]> {
    const before = this.#root;
    const { tree } = await this.#objects.commit(commit);
    this.#root = tree;
    if (before === undefined) return [];
    const changed: string[] = [];
    await this.#compare(before, tree, '', changed);
    const files = changed.map(path => resolve(this.#objects.top, path));
    this.#forget(files);
    return files;
  }

  async list(directory: string): Promise<Listed> {
    const path = this.#pathOf(directory);
    const entry = await this.#find(path);
    // A submodule that was not fetched is an empty directory.
    const entries =
      entry?.kind === 'submodule' ? [] : await this.#objects.tree(directoryIn(entry, directory).id);
    const listed = entries.map(({ name, kind }) => ({ name, kind: KINDS[kind] }));
    // Where git's rules end is told by the repository's own folder.
    return path === '' ? [...listed, { name: '.git', kind: 'directory' }] : listed;
  }

  async stat(file: string): Promise<Awaited<ReturnType<Disk['stat']>>> {
    const path = this.#pathOf(file);
    if (path === '.git') return { size: 0, mtimeMs: 0 };
    const entry = await this.#find(path);
    if (!entry) throw notThere(file);
    const size = entry.kind === 'file' || entry.kind === 'link' ? await this.#objects.size(entry.id) : 0;
    if (size === undefined) throw notThere(file);
    return { size, mtimeMs: Number.parseInt(entry.id.slice(0, STAMP_DIGITS), 16) };
  }

  async read(file: string): Promise<Uint8Array> {
    const entry = await this.#find(this.#pathOf(file));
    const content = entry?.kind === 'file' ? await this.#objects.blob(entry.id) : undefined;
    if (!content) throw notThere(file);
    const path = resolve(file);
    if (this.#read.get(path) !== content) this.#texts.delete(path);
    this.#read.set(path, content);
    return content;
  }

  /**
   * The text of a file that has been read since it last changed, as everything in the index has been: the same string
   * each time, so that telling whether it is still the same costs nothing.
   */
  readonly readNow = (file: string): string | undefined => {
    const path = resolve(file);
    const content = this.#read.get(path);
    const known = this.#texts.get(path);
    if (!content || known !== undefined) return content && known;
    const text = new TextDecoder().decode(content);
    this.#texts.set(path, text);
    return text;
  };

  #forget(changed: readonly string[]): void {
    for (const file of changed) this.#drop(file);
    for (const file of this.#read.keys()) {
      if (changed.some(folder => file.startsWith(folder + sep))) this.#drop(file);
    }
  }

  #drop(file: string): void {
    this.#read.delete(file);
    this.#texts.delete(file);
  }

  /** Slash-separated, from the repository's top; undefined outside of it. */
  #pathOf(file: string): string | undefined {
    const path = relative(this.#objects.top, resolve(file)).split(sep).join('/');
    return path === '..' || path.startsWith('../') ? undefined : path;
  }

  async #find(path: string | undefined): Promise<TreeEntry | undefined> {
    if (path === undefined || this.#root === undefined) return undefined;
    let entry: TreeEntry | undefined = { name: '', kind: 'directory', id: this.#root };
    for (const name of path.split('/').filter(Boolean)) {
      if (entry?.kind !== 'directory') return undefined;
      entry = (await this.#objects.tree(entry.id)).find(inside => inside.name === name);
    }
    return entry;
  }

  /** Looks only into trees that differ. */
  async #compare(before: string, after: string, way: string, changed: string[]): Promise<void> {
    const [old, now] = await Promise.all([this.#objects.tree(before), this.#objects.tree(after)]);
    const left = new Map(old.map(entry => [entry.name, entry]));
    for (const entry of now) {
      const former = left.get(entry.name);
      left.delete(entry.name);
      const path = way + entry.name;
      if (former?.id === entry.id && former.kind === entry.kind) continue;
      if (former?.kind === 'directory' && entry.kind === 'directory') {
        await this.#compare(former.id, entry.id, `${path}/`, changed);
      } else changed.push(path);
    }
    for (const name of left.keys()) changed.push(way + name);
  }
}

const KINDS = { file: 'file', directory: 'directory', link: 'link', submodule: 'directory' } as const;

function directoryIn(entry: TreeEntry | undefined, directory: string): TreeEntry {
  if (entry?.kind !== 'directory') throw notThere(directory);
  return entry;
}

function notThere(file: string): Error {
  return Object.assign(new Error(`There is no ${file} in this commit.`), { code: 'ENOENT' });
}
