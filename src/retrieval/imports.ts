import { posix } from 'node:path';

/** A module's name as the last segments of a path. */
export type Module = readonly string[];

/** What a file brings in from elsewhere. */
export interface Imports {
  /** How well a file of the workspace fits what is imported, from 0, nothing, to 1, its whole path. */
  fit(path: string): number;
  /** The modules that a name may stand for; whether there is one the files tell. */
  modules(name: string): readonly Module[];
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Imports stand at the top; a statement inside a function is passed over. */
const MOST_CHARS = 20_000;

/** By language family: statements that import, each with the module in the first group that took part. */
const STATEMENTS: Readonly<Record<string, RegExp>> = {
  js: /^\s*(?:import|export)\b[^;'"]*?['"]([^'"\n]+)['"]|(?:\b[\w$]+\s*=\s*)?\brequire\(\s*['"]([^'"\n]+)['"]\s*\)/gm,
  python:
    /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\([^)]*\)|[^\n]*)|^[ \t]*import[ \t]+([\w.]+)[^\n]*/gm,
  go: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"$/gm,
  rust: /^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+([\w:]+)[^;]*;/gm,
  java: /^import\s+(?:static\s+)?([\w.]+)/gm,
  kotlin: /^import\s+([\w.]+)/gm,
  scala: /^\s*import\s+([\w.]+)/gm,
  c: /^\s*#\s*include\s*[<"]([^>"\n]+)[>"]/gm,
  csharp: /^\s*(?:global\s+)?using\s+(?:static\s+)?([\w.]+)/gm,
  ruby: /^\s*require(?:_relative)?\s*\(?['"]([^'"\n]+)['"]/gm,
  php: /^\s*use\s+([\w\\]+)[^;]*;/gm,
};

/** The imports of a text, told by how statements look and with no grammar. */
export function importsOf(text: string, family: string, path: string): Imports {
  const modules: Module[] = [];
  const byName = new Map<string, Module[]>();
  const statement = STATEMENTS[family];
  for (const match of statement ? text.slice(0, MOST_CHARS).matchAll(statement) : []) {
    const module = match.slice(1).find(group => group !== undefined) ?? '';
    const segments = segmentsOf(module, family, path);
    if (segments.length > 0) modules.push(segments);
    // `from a import b` and `use a::{b}` may name a module last.
    const within: Module[] = [];
    if (family === 'python' || family === 'rust') {
      for (const [name] of match[0].slice(match[0].indexOf(module) + module.length).matchAll(WORD))
        within.push([...segments, name]);
    }
    modules.push(...within);
    for (const one of segments.length > 0 ? [segments, ...within] : within) addTo(byName, one.at(-1)!, one);
    for (const [name, of] of renamed(match[0], module))
      addTo(byName, name, of === undefined ? segments : [...segments, of]);
  }
  return { fit: other => best(modules, other), modules: name => byName.get(name) ?? [] };
}

function addTo(modules: Map<string, Module[]>, name: string, module: Module): void {
  modules.set(name, [...(modules.get(name) ?? []), module]);
}

/** Other names that a statement gives: to the module itself, or to one that it holds. */
function renamed(statement: string, module: string): readonly (readonly [name: string, of?: string])[] {
  const behind = statement.slice(statement.indexOf(module) + module.length);
  const whole =
    /(?:\*\s*as\s+([\w$]+)|([\w$]+)\s*=\s*)\s*(?:from|require)\b/.exec(statement) ??
    /^\s*(?:import\s+)?(\w+)\s+"/.exec(statement) ??
    /^\s*as\s+(\w+)/.exec(behind);
  const name = whole?.slice(1).find(group => group !== undefined);
  const others = [...behind.matchAll(/([\w$]+)\s+as\s+([\w$]+)/g)].map(([, of, as]) => [as!, of!] as const);
  return name === undefined ? others : [[name], ...others];
}

/** How well a file of the workspace fits a module, from 0 to 1; 0.8 if it stands in the folder of its name. */
export function moduleFit(module: Module, path: string): number {
  return best([module], path);
}

/** A module's name as the segments of a path, those left out that say where the workspace begins. */
function segmentsOf(module: string, family: string, path: string): readonly string[] {
  if (module.startsWith('.') && family !== 'python') {
    return posix
      .join(posix.dirname(path), module)
      .replace(/\.\w+$/, '')
      .split('/')
      .filter(isName);
  }
  if (family === 'python' && module.startsWith('.')) {
    const up = /^\.+/.exec(module)![0].length;
    const folder = path.split('/').slice(0, -up);
    return [...folder, ...module.slice(up).split('.')].filter(isName);
  }
  const separator =
    family === 'c' || family === 'go' || family === 'js' || family === 'ruby' ? '/' : /[.:\\]+/;
  const whole = family === 'c' ? module.replace(/\.\w+$/, '') : module;
  return whole.split(separator).filter(isName);
}

function isName(segment: string): boolean {
  return segment !== '' && !/^(?:\.|\.\.|crate|super|self|index|github\.com)$/.test(segment);
}

/** Segments that tell a module from all others well enough. */
const MOST_SHARED = 2;

/** The greatest share of a module's last segments that a path ends with; a folder fits where its files do. */
function best(modules: readonly (readonly string[])[], path: string): number {
  const own = path
    .replace(/\.\w+$/, '')
    .split('/')
    .filter(part => !/^(?:index|mod|lib|__init__|main)$/.test(part));
  let fit = 0;
  for (const module of modules) {
    const file = sharedEnd(module, own, own.length);
    const folder = sharedEnd(module, own, own.length - 1);
    fit = Math.max(
      fit,
      file / Math.min(MOST_SHARED, module.length),
      (0.8 * folder) / Math.min(MOST_SHARED, module.length),
    );
  }
  return Math.min(1, fit);
}

/** How many of the last segments of `module` are the last of the first `length` of `path`. */
function sharedEnd(module: readonly string[], path: readonly string[], length: number): number {
  let shared = 0;
  while (
    shared < module.length &&
    shared < length &&
    module[module.length - 1 - shared] === path[length - 1 - shared]
  )
    shared++;
  return shared;
}
