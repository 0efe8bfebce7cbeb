import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { IgnoreScope } from './ignoreRules.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

export interface ExclusionParts {
  readonly paths: () => WorkspacePaths;
  /** Glob patterns of Wisp's settings and of the editor's. */
  readonly globs: () => readonly string[];
  /** A file's text without waiting; undefined if there is none. */
  readonly readNow: (file: string) => string | undefined;
}

/**
 * Whether the user wants Wisp to keep out of an open document, at once and whether or not the workspace has been walked
 * yet: by glob patterns of the settings and by `.wispignore`. What git ignores is not read into the index but may be
 * completed, for people do write such files.
 */
export class Exclusions {
  readonly #parts: ExclusionParts;
  /** By absolute directory; null if the directory itself is left out. */
  readonly #scopes = new Map<string, IgnoreScope | null>();

  constructor(parts: ExclusionParts) {
    this.#parts = parts;
  }

  /** Rules have changed, or what they are relative to. */
  forget(): void {
    this.#scopes.clear();
  }

  /** `path` as users see it (`WorkspacePaths`); one outside the workspace is absolute, or an address. */
  excludes(path: string): boolean {
    const { paths, globs } = this.#parts;
    if (isAbsolute(path) || /^[a-z][a-z0-9+.-]+:/i.test(path)) {
      return globs().length > 0 && picomatch.isMatch(path, [...globs()], { dot: true });
    }
    const root = paths().roots.find(({ prefix }) => path.startsWith(prefix));
    if (!root) return false;
    const file = join(root.directory, path.slice(root.prefix.length));
    const scope = this.#scopeOf(dirname(file), root.directory);
    return scope === null || leavesOut(scope, file, false);
  }

  #scopeOf(directory: string, root: string): IgnoreScope | null {
    const known = this.#scopes.get(directory);
    if (known !== undefined) return known;
    const scope = directory === root ? this.#rootScope(root) : this.#scopeWithin(directory, root);
    this.#scopes.set(directory, scope);
    return scope;
  }

  #scopeWithin(directory: string, root: string): IgnoreScope | null {
    const above = this.#scopeOf(dirname(directory), root);
    if (above === null || leavesOut(above, directory, true)) return null;
    return above.enter(nameOf(directory), this.#rulesIn(directory));
  }

  /** A folder's own rules, below those from the top of its repository down to it. */
  #rootScope(root: string): IgnoreScope {
    let directory = this.#repositoryAround(root) ?? root;
    let scope = IgnoreScope.root(this.#rulesIn(directory));
    for (const name of relative(directory, root).split(sep).filter(Boolean)) {
      directory = join(directory, name);
      scope = scope.enter(name, this.#rulesIn(directory));
    }
    return scope.excluding(this.#parts.globs());
  }

  #repositoryAround(folder: string): string | undefined {
    const { readNow } = this.#parts;
    for (let directory = folder; ; directory = dirname(directory)) {
      // In a second work tree `.git` is a file.
      const found = readNow(join(directory, '.git', 'HEAD')) ?? readNow(join(directory, '.git'));
      if (found !== undefined) return directory;
      if (dirname(directory) === directory) return undefined;
    }
  }

  #rulesIn(directory: string): { readonly wispignore?: string } {
    const wispignore = this.#parts.readNow(join(directory, '.wispignore'));
    return wispignore === undefined ? {} : { wispignore };
  }
}

function leavesOut(scope: IgnoreScope, place: string, isDirectory: boolean): boolean {
  return scope.skips(nameOf(place), isDirectory) === 'excluded by settings';
}

function nameOf(place: string): string {
  return place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf(sep)) + 1);
}
