import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { LANGUAGES, languageOfPath } from '../../src/domain/languages.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IndexKeeper } from '../../src/indexing/indexKeeper.ts';
import { RecordStore } from '../../src/indexing/recordStore.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from './grammars.ts';

const LIMITS = { exclude: ['**/fixtures/**'], maxFileBytes: 200_000, maxSourceBytes: 1e9 };
const never = new AbortController().signal;
const GRAMMARS = [...new Set(LANGUAGES.flatMap(({ grammar }) => grammar ?? []))];

/** On a busy machine a file that takes too long would be cut into other chunks the next time. */
class PatientOutliner extends Outliner {
  override outline(grammar: string, text: string) {
    return super.outline(grammar, text, Number.POSITIVE_INFINITY);
  }
}

/** One thing that somebody does; names how often it is drawn. */
type Operation =
  | 'type'
  | 'save'
  | 'close'
  | 'write'
  | 'make'
  | 'remove'
  | 'rename'
  | 'renameFolder'
  | 'removeFolder'
  | 'switchBranch'
  | 'changeRules'
  | 'restart'
  | 'lookAgain'
  | 'forget';

const OFTEN: Readonly<Record<Operation, number>> = {
  type: 28,
  save: 20,
  close: 4,
  write: 12,
  make: 7,
  remove: 6,
  rename: 8,
  renameFolder: 2,
  removeFolder: 1,
  switchBranch: 7,
  changeRules: 2,
  restart: 2,
  lookAgain: 0.5,
  forget: 0.5,
};

/**
 * Somebody who works on a repository in an editor, at random: edits, saves, renames and deletes files, switches
 * branches, closes the editor and opens it again. The keeper is told what an editor would tell it.
 */
export class RandomWorker {
  readonly tally: Record<string, number> = {};
  readonly source: string;
  readonly #folder: string;
  readonly #random: () => number;
  readonly #analyser: InProcessAnalyser;
  readonly #records: RecordStore;
  /** Texts of open documents that are not saved. */
  readonly #unsaved = new Map<string, string>();
  readonly #commits: string[];
  #keeper: IndexKeeper;
  #tick = 0;
  #paths: string[] = [];

  /** Works on a copy of the files of `from`, with its history if it has one; all goes when the test is over. */
  static async begin(from: readonly string[], random: () => number): Promise<RandomWorker> {
    const folder = await mkdtemp(join(tmpdir(), 'wisp-random-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const source = join(folder, 'src');
    for (const directory of from) {
      const name = from.length === 1 ? '' : directory.replace(/^.*node_modules\//, '').replaceAll('/', '-');
      await cp(directory, join(source, name), { recursive: true });
    }
    const grammars = await grammarsFor(...GRAMMARS);
    return new RandomWorker(folder, random, { grammars, outliner: new PatientOutliner(grammars, readQuery) });
  }

  private constructor(
    folder: string,
    random: () => number,
    syntax: ConstructorParameters<typeof InProcessAnalyser>[1],
  ) {
    this.#folder = folder;
    this.source = join(folder, 'src');
    this.#random = random;
    this.#records = new RecordStore(join(folder, 'records'));
    this.#analyser = new InProcessAnalyser(nodeDisk, syntax, this.#records);
    this.#commits = this.#history();
    this.#list();
    this.#keeper = this.#open(this.#newKeeper(true));
  }

  get keeper(): IndexKeeper {
    return this.#keeper;
  }

  /** Does one thing, and then waits for the index or goes on without. */
  async operate(): Promise<void> {
    const operation = this.#draw();
    this.tally[operation] = (this.tally[operation] ?? 0) + 1;
    await this[operation]();
    if (this.#random() < 0.5) await this.#keeper.settled(never);
  }

  /** An index of the same files and the same unsaved texts that has no past. */
  async fresh(): Promise<IndexKeeper> {
    await this.#keeper.settled(never);
    const keeper = this.#open(this.#newKeeper(false));
    await keeper.settled(never);
    return keeper;
  }

  async type(): Promise<void> {
    const path = this.#pick([...this.#unsaved.keys()], 0.6) ?? this.#pickPath();
    this.#unsaved.set(path, this.#edited(this.#unsaved.get(path) ?? this.#text(path)));
    this.#tellUnsaved(this.#keeper, path);
  }

  async save(): Promise<void> {
    const path = this.#pick([...this.#unsaved.keys()], 0.8) ?? this.#pickPath();
    await this.#write(path, this.#unsaved.get(path) ?? this.#edited(this.#text(path)));
    this.#unsaved.delete(path);
    this.#tell(path);
  }

  async close(): Promise<void> {
    const path = this.#pick([...this.#unsaved.keys()], 1);
    if (path === undefined) return;
    this.#unsaved.delete(path);
    this.#tell(path);
  }

  async write(): Promise<void> {
    const path = this.#pickPath();
    await this.#write(path, this.#edited(this.#text(path)));
    this.#tell(path);
  }

  async make(): Promise<void> {
    const near = dirname(this.#pickPath());
    const [name, text] = this.#pick(NEW_FILES, 1)!;
    const path = join(
      near,
      this.#random() < 0.3 ? `new${this.#tick % 9}` : '',
      name.replace('#', String(this.#tick)),
    );
    await this.#write(path, text ?? this.#text(this.#pickPath()));
    this.#tell(path);
  }

  async remove(): Promise<void> {
    const path = this.#pickPath();
    await rm(join(this.source, path), { force: true });
    this.#tell(path);
  }

  async rename(): Promise<void> {
    const from = this.#pickPath();
    const to = join(dirname(this.#pickPath()), `moved${this.#tick++}${from.slice(from.lastIndexOf('.'))}`);
    await this.#move(from, to);
  }

  async renameFolder(): Promise<void> {
    const from = dirname(this.#pickPath());
    if (from !== '.') await this.#move(from, `${from}-moved${this.#tick++}`);
  }

  async removeFolder(): Promise<void> {
    const path = dirname(this.#pickPath());
    if (path.split('/').length < 3) return;
    await rm(join(this.source, path), { recursive: true, force: true });
    this.#tell(path);
  }

  async switchBranch(): Promise<void> {
    this.#git('add', '--all');
    this.#git('commit', '--quiet', '--allow-empty', '--message', 'A change');
    const here = this.#git('rev-parse', 'HEAD');
    const there = this.#pick(this.#commits, 1)!;
    this.#commits.push(here);
    this.#git('checkout', '--quiet', '--force', there);
    this.#list();
    const changed = this.#git('diff', '--no-renames', '--name-only', '-z', here, there)
      .split('\0')
      .filter(Boolean);
    this.#tell(...changed);
  }

  async changeRules(): Promise<void> {
    const rules = this.#pick(['', 'new*/\n', '*.py\n', 'moved*\n', '!moved1*\n'], 1)!;
    const path = this.#random() < 0.5 ? '.gitignore' : join(dirname(this.#pickPath()), '.wispignore');
    await this.#write(path, rules);
    this.#tell(path);
  }

  async restart(): Promise<void> {
    await this.#keeper.shutdown();
    this.#keeper = this.#open(this.#newKeeper(true));
  }

  async lookAgain(): Promise<void> {
    this.#open(this.#keeper);
  }

  async forget(): Promise<void> {
    this.#keeper.forget();
  }

  #draw(): Operation {
    const all = Object.entries(OFTEN) as [Operation, number][];
    let left = this.#random() * all.reduce((sum, [, often]) => sum + often, 0);
    for (const [operation, often] of all) {
      left -= often;
      if (left < 0) return operation;
    }
    return 'type';
  }

  #newKeeper(kept: boolean): IndexKeeper {
    return new IndexKeeper({
      analyser: this.#analyser,
      disk: nodeDisk,
      clock: systemClock,
      log: {
        ...silentLog,
        error: message => {
          throw new Error(message);
        },
      },
      stored: new StoredIndex(
        kept ? join(this.#folder, 'store', 'index.bin') : undefined,
        systemClock,
        silentLog,
      ),
      ...(kept && { records: this.#records }),
      onProgress: () => {},
    });
  }

  /** What an editor tells when it starts: the folder, then the documents that it had open. */
  #open(keeper: IndexKeeper): IndexKeeper {
    keeper.open([{ name: 'src', directory: this.source }], LIMITS);
    for (const path of this.#unsaved.keys()) this.#tellUnsaved(keeper, path);
    return keeper;
  }

  #tellUnsaved(keeper: IndexKeeper, path: string): void {
    const languageId = languageOfPath(path)?.id ?? 'plaintext';
    keeper.unsaved({ path, languageId, text: this.#unsaved.get(path)! });
  }

  /** What happened on disk; of a file that stands unsaved in an editor the engine passes that over. */
  #tell(...paths: readonly string[]): void {
    this.#keeper.filesChanged(
      paths.filter(path => !this.#unsaved.has(path)).map(path => join(this.source, path)),
    );
  }

  async #move(from: string, to: string): Promise<void> {
    await mkdir(join(this.source, dirname(to)), { recursive: true });
    await rename(join(this.source, from), join(this.source, to)).catch(() => {});
    this.#list();
    this.#tell(from, to);
  }

  async #write(path: string, text: string): Promise<void> {
    const file = join(this.source, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    // Two writes within one millisecond would look alike.
    await utimes(file, 1_500_000_000, 1_500_000_000 + ++this.#tick);
    this.#paths.push(path);
  }

  /** A text with some lines moved, doubled, removed or put in from elsewhere. */
  #edited(text: string): string {
    const lines = text.split('\n');
    const at = Math.floor(this.#random() * lines.length);
    const some = lines.slice(at, at + 1 + Math.floor(this.#random() * 8));
    const kind = this.#random();
    if (kind < 0.3) lines.splice(at, some.length);
    else if (kind < 0.6) lines.splice(Math.floor(this.#random() * lines.length), 0, ...some);
    else lines.splice(at, 0, `const word${this.#tick++} = other${this.#tick % 50};`);
    return lines.join('\n');
  }

  #text(path: string): string {
    try {
      return readFileSync(join(this.source, path), 'utf8');
    } catch {
      return '';
    }
  }

  #pickPath(): string {
    return this.#pick(this.#paths, 1)!;
  }

  #pick<T>(from: readonly T[], often: number): T | undefined {
    return this.#random() < often ? from[Math.floor(this.#random() * from.length)] : undefined;
  }

  #list(): void {
    this.#paths = this.#git('ls-files', '-z', '--cached', '--others', '--exclude-standard')
      .split('\0')
      .filter(Boolean);
  }

  /** Commits to switch to: of the history as far as there is one, else the present state alone. */
  #history(): string[] {
    try {
      return this.#git('log', '-200', '--first-parent', '--format=%H').split('\n');
    } catch {
      this.#git('init', '--quiet');
      this.#git('add', '--all');
      this.#git('commit', '--quiet', '--message', 'All');
      return [this.#git('rev-parse', 'HEAD')];
    }
  }

  #git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=A. Writer', '-c', 'user.email=writer@example.org', '-c', 'core.hooksPath='];
    const env = {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CEILING_DIRECTORIES: this.#folder,
    };
    return execFileSync('git', ['-C', this.source, ...who, ...args], {
      encoding: 'utf8',
      env,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }
}

/** Files that somebody makes: a copy of another one where there is no text. */
const NEW_FILES: readonly (readonly [string, string?])[] = [
  ['copy#.ts'],
  ['copy#.py'],
  ['copy#.go'],
  ['copy#.ts'],
  ['copy#.py'],
  ['.env', 'KEY=1\n'],
  ['made#.ts', '// @generated\nconst a = 1;\n'],
  ['small#.min.js', 'a=1'],
  ['wall#.js', 'x=1;'.repeat(2_000)],
  ['big#.ts', 'const big = 1;\n'.repeat(20_000)],
  ['fixtures/left out#.ts', 'const fixture = 1;\n'],
  ['empty#.ts', ''],
  ['picture#.png', 'PNG'],
  ['bytes#.c', 'a\0b'],
];
