import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import type { SkipReason } from './fileRecord.ts';

/** The rule files of one directory, as far as there are any. */
export interface RuleTexts {
  readonly gitignore?: string;
  /** The syntax of `.gitignore`, for what git keeps and Wisp should not read, or the other way round with `!`. */
  readonly wispignore?: string;
  /** `.git/info/exclude`. Present, if only as '', where a repository begins: git's rules from further out end there. */
  readonly gitExclude?: string;
}

/** One rule file, seen from a directory below it. */
interface Layer {
  readonly rules: Ignore;
  /** The way from the rule file's directory to this one: '' or `a/b/`. */
  readonly way: string;
}

/** The settings' patterns, seen from a directory below the one that they are relative to. */
interface Globs {
  readonly matches: (path: string) => boolean;
  readonly way: string;
}

/**
 * Directories that hold other people's code or what a tool made, by names that nobody gives to source of their own.
 * `vendor`, `target`, `build`, `dist` and `out` are such names too, so those are left to `.gitignore` and to `MARKERS`.
 */
const FOREIGN: ReadonlySet<string> = new Set([
  ...['node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store'],
  ...['.next', '.nuxt', '.svelte-kit', '.angular', '.turbo', '.parcel-cache', '.docusaurus', '.cache'],
  ...['.venv', 'site-packages', '__pycache__', '.tox', '.nox', '.eggs'],
  ...['.mypy_cache', '.pytest_cache', '.ruff_cache', '.ipynb_checkpoints'],
  ...['.gradle', '.m2', '.bundle', 'Pods', 'DerivedData', '.dart_tool', '.pub-cache', '.terraform', '.vs'],
]);

/** Files by which a tool says that the whole directory is its own: bford.info/cachedir and Python's PEP 405. */
const MARKERS: ReadonlySet<string> = new Set(['CACHEDIR.TAG', 'pyvenv.cfg']);

/** Whether a file of this name says what is left out, so that a change of it changes what may be read. */
export const isRuleFile = (name: string): boolean => name === '.gitignore' || name === '.wispignore';

const VERSION_CONTROL: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj']);

/** Version control's own directories are no part of the source at all, so they are not even counted as left out. */
export const isVersionControl = (name: string): boolean => VERSION_CONTROL.has(name);

/** Whether what lies in a directory marks it as made by a tool. */
export const isMarkedForeign = (entries: readonly { readonly name: string }[]): boolean =>
  entries.some(({ name }) => MARKERS.has(name));

/**
 * Which entries of one directory are left out. Immutable: `enter` gives the scope of a directory within. Git's rules
 * hold as git has them: the deeper file wins, the later line wins, and nothing below a directory that is left out
 * comes back.
 */
export class IgnoreScope {
  /** Innermost last. */
  readonly #git: readonly Layer[];
  readonly #own: readonly Layer[];
  readonly #globs: Globs;
  readonly #ignoreCase: boolean;

  private constructor(
    layers: { readonly git: readonly Layer[]; readonly own: readonly Layer[] },
    globs: Globs,
    ignoreCase: boolean,
  ) {
    this.#git = layers.git;
    this.#own = layers.own;
    this.#globs = globs;
    this.#ignoreCase = ignoreCase;
  }

  /** The outermost directory that has a say. Git tells small letters from capitals on Linux only. */
  static root(rules: RuleTexts, ignoreCase = process.platform !== 'linux'): IgnoreScope {
    const nothing = { matches: () => false, way: '' };
    return new IgnoreScope({ git: [], own: [] }, nothing, ignoreCase).#with(rules);
  }

  /** The same directory with glob patterns from the settings, read relative to it as VS Code does. */
  excluding(globs: readonly string[]): IgnoreScope {
    // A pattern `vendor/` would match nothing; who writes it means the directory.
    const patterns = globs.map(glob => glob.trim().replace(/^\.?\/+|\/+$/g, '')).filter(Boolean);
    const matches = patterns.length > 0 ? picomatch(patterns, { dot: true, windows: false }) : () => false;
    return new IgnoreScope({ git: this.#git, own: this.#own }, { matches, way: '' }, this.#ignoreCase);
  }

  /** Why an entry of this directory is left out; undefined if it is not. */
  skips(name: string, isDirectory: boolean): SkipReason | undefined {
    if (isDirectory && FOREIGN.has(name)) return 'dependency or build folder';
    if (this.#globs.matches(this.#globs.way + name)) return 'excluded by settings';
    const entry = isDirectory ? `${name}/` : name;
    const own = verdict(this.#own, entry);
    if (own !== undefined) return own ? 'excluded by settings' : undefined;
    return verdict(this.#git, entry) ? 'ignored by git' : undefined;
  }

  /** The scope of a directory of this one that is not left out. */
  enter(name: string, rules: RuleTexts): IgnoreScope {
    const inside = (layers: readonly Layer[]) => layers.map(layer => this.#inside(layer, `${name}/`));
    const layers = { git: inside(this.#git), own: inside(this.#own) };
    const globs = { matches: this.#globs.matches, way: `${this.#globs.way}${name}/` };
    return new IgnoreScope(layers, globs, this.#ignoreCase).#with(rules);
  }

  /**
   * A layer seen from one directory further in. If the layer itself would leave that directory out, an inner one has
   * overruled it: that is noted as one more rule, since `ignore` takes nothing below an ignored directory back.
   */
  #inside({ rules, way }: Layer, entry: string): Layer {
    const further = way + entry;
    if (!rules.test(further).ignored) return { rules, way: further };
    const overruled = this.#parse('')
      .add(rules)
      .add(`!/${further.replace(/[\\*?[\]]/g, '\\$&')}`);
    return { rules: overruled, way: further };
  }

  #with({ gitignore, wispignore, gitExclude }: RuleTexts): IgnoreScope {
    const layer = (text: string): Layer => ({ rules: this.#parse(text), way: '' });
    const git = gitExclude === undefined ? [...this.#git] : [layer(gitExclude)];
    if (gitignore) git.push(layer(gitignore));
    const own = wispignore ? [...this.#own, layer(wispignore)] : this.#own;
    return new IgnoreScope({ git, own }, this.#globs, this.#ignoreCase);
  }

  #parse(text: string): Ignore {
    return ignore({ ignoreCase: this.#ignoreCase }).add(text);
  }
}

/** Ignored, expressly kept, or undefined where no layer says anything. */
function verdict(layers: readonly Layer[], entry: string): boolean | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const { ignored, unignored } = layers[i]!.rules.test(layers[i]!.way + entry);
    if (ignored || unignored) return ignored;
  }
  return undefined;
}
