import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { GitTreeDisk } from '../../src/evals/gitTree.ts';

/** What is used of the TypeScript package that VS Code brings along; the project's own has no such interface any more. */
interface TypeScript {
  createLanguageService(host: object): {
    getTypeDefinitionAtPosition(file: string, at: number): readonly Place[] | undefined;
    getDefinitionAtPosition(file: string, at: number): readonly Place[] | undefined;
  };
  getDefaultLibFileName(options: object): string;
  readonly ScriptSnapshot: { fromString(text: string): object };
}
interface Place {
  readonly fileName: string;
  readonly textSpan: { readonly start: number };
}

/** As numbers of that package: ESNext, and modules as a bundler finds them. */
const ESNEXT = 99;
const BUNDLER = 100;

/** The types of the tree of a commit, as TypeScript's language service tells them; packages are not installed. */
export class TreeTypes {
  readonly #ts: TypeScript;
  readonly #lib: string;
  readonly #service: ReturnType<TypeScript['createLanguageService']>;
  readonly #versions = new Map<string, { readonly text: string; readonly version: number }>();
  #disk!: GitTreeDisk;
  #directory = '';
  #files: ReadonlySet<string> = new Set();
  #directories: ReadonlySet<string> = new Set();
  /** The packages of the tree itself, by name. */
  #paths: Record<string, readonly string[]> = {};
  #open: { readonly file: string; readonly text: string } | undefined;

  /** @param codeServer the script of VS Code as a server (`test/vscode/install.ts`). */
  constructor(codeServer: string) {
    this.#lib = join(dirname(codeServer), '../../lib/vscode/extensions/node_modules/typescript/lib');
    this.#ts = createRequire(import.meta.url)(join(this.#lib, 'typescript.js'));
    this.#service = this.#ts.createLanguageService(this.#host());
  }

  /** Looks at the tree that a disk shows now. */
  async enter(disk: GitTreeDisk, directory: string): Promise<void> {
    this.#disk = disk;
    this.#directory = directory;
    const files: string[] = [];
    const directories = new Set<string>();
    const walk = async (folder: string): Promise<void> => {
      directories.add(folder);
      for (const { name, kind } of await disk.list(folder)) {
        const path = join(folder, name);
        if (kind === 'file') files.push(path);
        else if (kind === 'directory' && name !== '.git' && name !== 'node_modules') await walk(path);
      }
    };
    await walk(directory);
    this.#files = new Set(files);
    this.#directories = directories;
    this.#paths = {};
    for (const file of files) if (basename(file) === 'package.json') this.#addPackage(file);
  }

  /** Lines of the tree that define the type of the name at an offset of a text, or else the name. */
  typeLines(file: string, text: string, offset: number): readonly { file: string; line: number }[] {
    this.#open = { file, text };
    const types = this.#service.getTypeDefinitionAtPosition(file, offset) ?? [];
    const places = types.length > 0 ? types : (this.#service.getDefinitionAtPosition(file, offset) ?? []);
    return places.flatMap(({ fileName, textSpan }) => {
      const there = fileName.startsWith(this.#directory) ? this.#read(fileName) : undefined;
      if (there === undefined) return [];
      return [{ file: fileName, line: there.slice(0, textSpan.start).split('\n').length }];
    });
  }

  #addPackage(file: string): void {
    try {
      const { name } = JSON.parse(this.#read(file)!);
      const folder = dirname(file).slice(this.#directory.length + 1);
      if (!name || folder === '') return;
      this.#paths[name] = [join(folder, 'src/index.ts'), join(folder, 'index.ts')];
      this.#paths[`${name}/*`] = [join(folder, 'src/*'), join(folder, '*')];
    } catch {
      // A package that cannot be read has no types.
    }
  }

  #read(file: string): string | undefined {
    if (this.#open?.file === file) return this.#open.text;
    if (this.#files.has(file)) return this.#disk.readNow(file);
    return file.startsWith(this.#lib) ? readFileSync(file, 'utf8') : undefined;
  }

  #versionOf(file: string): string {
    const text = this.#read(file) ?? '';
    const known = this.#versions.get(file);
    const version = known?.text === text ? known.version : (known?.version ?? 0) + 1;
    this.#versions.set(file, { text, version });
    return String(version);
  }

  #host(): object {
    const settings = () => ({
      ...{ target: ESNEXT, module: ESNEXT, moduleResolution: BUNDLER, jsx: 1, types: [] },
      ...{ allowJs: true, strict: true, experimentalDecorators: true, allowImportingTsExtensions: true },
      ...{ baseUrl: this.#directory, paths: this.#paths },
    });
    return {
      getCompilationSettings: settings,
      getScriptFileNames: () => (this.#open ? [this.#open.file] : []),
      getScriptVersion: (file: string) => this.#versionOf(file),
      getScriptSnapshot: (file: string) => {
        const text = this.#read(file);
        return text === undefined ? undefined : this.#ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => this.#directory,
      getDefaultLibFileName: () => join(this.#lib, this.#ts.getDefaultLibFileName(settings())),
      fileExists: (file: string) => this.#files.has(file) || file.startsWith(this.#lib),
      readFile: (file: string) => this.#read(file),
      directoryExists: (directory: string) => this.#directories.has(directory),
      getDirectories: () => [],
    };
  }
}
