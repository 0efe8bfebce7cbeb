import { posix } from 'node:path';
import type { Clock } from '../base/clock.ts';

export interface TypingsParts {
  /** The text of a file by its path within the workspace, `node_modules` included; undefined if there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly clock: Pick<Clock, 'elapsed'>;
}

/** The names in the typings of a package; undefined where it has none that could be read. */
type Names = ReadonlySet<string> | undefined;

interface Loading {
  readonly since: number;
  /** Until it has been read, nothing is known. */
  names?: Names;
}

/** A package may be installed or brought up to date at any time. */
const STALE_MS = 5 * 60_000;
/** A package that declares more than this says too little by leaving a name out. In UTF-16 units and files. */
const MOST_CHARS = 3_000_000;
const MOST_FILES = 200;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** What a declaration file refers to: modules, of other packages too, and files by the old way. */
const REFERRED = /(?:from|import|require)\s*\(?\s*['"]([^'"\s]+)['"]|<reference\s+path=['"]([^'"\n]+)['"]/g;

/**
 * What the packages declare that a workspace's code imports: the words of their `.d.ts` files, from the one that
 * `package.json` names on. They are read in the background when they are first asked for.
 */
export class Typings {
  readonly #parts: TypingsParts;
  /** By the folder that asks and the module. */
  readonly #loaded = new Map<string, Loading>();

  constructor(parts: TypingsParts) {
    this.#parts = parts;
  }

  /** Whether the typings of a module, as seen from a file, have a name; undefined if that cannot be told now. */
  has(module: string, name: string, path: string): boolean | undefined {
    const folder = posix.dirname(path);
    const key = `${folder} ${module}`;
    const known = this.#loaded.get(key);
    const now = this.#parts.clock.elapsed();
    if (!known || now - known.since > STALE_MS) {
      const loading: Loading = { since: now, ...(known && { names: known.names }) };
      this.#loaded.set(key, loading);
      void this.#load(folder, module).then(
        names => {
          loading.names = names;
        },
        () => {},
      );
    }
    return this.#loaded.get(key)?.names?.has(name);
  }

  async #load(folder: string, module: string): Promise<Names> {
    const entry = await this.#entryOf(folder, module);
    return entry === undefined ? undefined : this.#namesFrom(entry);
  }

  /** The declaration file of a module, sought from a folder upwards as Node does, in the package and in `@types`. */
  async #entryOf(folder: string, module: string): Promise<string | undefined> {
    const bare = module.replace(/^node:/, '');
    const parts = bare.split('/');
    const name = parts.slice(0, bare.startsWith('@') ? 2 : 1).join('/');
    const inside = parts.slice(name.split('/').length).join('/');
    for (let at = folder; ; at = posix.dirname(at)) {
      const modules = posix.join(at, 'node_modules');
      const typed = `${modules}/@types/${name.replace(/^@/, '').replace('/', '__')}`;
      for (const place of [`${modules}/${name}`, typed]) {
        const entry = await this.#entryIn(place, inside);
        if (entry !== undefined) return entry;
      }
      // Node's own modules are declared by one package, each in a file of its name.
      const builtIn = `${modules}/@types/node/${bare}.d.ts`;
      if ((await this.#parts.read(builtIn)) !== undefined) return builtIn;
      if (at === '.' || at === '/') return undefined;
    }
  }

  async #entryIn(place: string, inside: string): Promise<string | undefined> {
    const manifest = await this.#parts.read(`${place}/package.json`);
    if (manifest === undefined) return undefined;
    const { types, typings } = JSON.parse(manifest) as Readonly<Record<string, unknown>>;
    const named = [types, typings].find(value => typeof value === 'string') as string | undefined;
    const candidates = inside === '' ? [named, 'index'] : [inside, `${inside}/index`];
    for (const candidate of candidates) {
      if (candidate === undefined) continue;
      const file = await this.#declarationAt(posix.join(place, candidate));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  async #declarationAt(target: string): Promise<string | undefined> {
    const bare = target.replace(/\.d\.([mc]?)ts$|\.([mc]?)[jt]s$/, '');
    for (const ending of ['.d.ts', '.d.mts', '.d.cts', '/index.d.ts']) {
      if ((await this.#parts.read(bare + ending)) !== undefined) return bare + ending;
    }
    return undefined;
  }

  #referred(folder: string, module: string): Promise<string | undefined> {
    return module.startsWith('.')
      ? this.#declarationAt(posix.join(folder, module))
      : this.#entryOf(folder, module);
  }

  /** The words of a declaration file and of those that it refers to; undefined if they are too many to be all read. */
  async #namesFrom(entry: string): Promise<Names> {
    const names = new Set<string>();
    const seen = new Set([entry]);
    let left = MOST_CHARS;
    for (const file of seen) {
      const text = (await this.#parts.read(file)) ?? '';
      left -= text.length;
      if (left < 0 || seen.size > MOST_FILES) return undefined;
      for (const [name] of text.matchAll(NAME)) names.add(name);
      for (const [, module, path] of text.matchAll(REFERRED)) {
        const found = await this.#referred(posix.dirname(file), module ?? `./${path}`);
        if (found !== undefined) seen.add(found);
      }
    }
    return names;
  }
}
