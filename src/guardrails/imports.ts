/** What a document brings in from elsewhere. */
export interface Imports {
  /** Names that stand for something outside the workspace, with the module where that can be looked up, else ''. */
  readonly foreign: ReadonlyMap<string, string>;
}

/** What tells a module of the workspace from one of elsewhere. */
export interface KnownPlaces {
  /** Whether a file, with its ending, or a folder of the workspace is called so. */
  hasPlace(name: string): boolean;
}

/** Reads the import statements of a document's beginning line by line, by the family of its language. */
export function importsIn(before: string, family: string, paths: KnownPlaces): Imports {
  const foreign = new Map<string, string>();
  const read = READERS[family];
  if (read) for (const found of read(before, paths)) foreign.set(...asPair(found));
  return { foreign };
}

/** A name, and the module that it comes from where there are typings to look into. */
type Found = string | readonly [name: string, module: string];

type Reader = (before: string, paths: KnownPlaces) => Iterable<Found>;

function asPair(found: Found): readonly [string, string] {
  return typeof found === 'string' ? [found, ''] : found;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

const READERS: Readonly<Record<string, Reader>> = {
  *js(before) {
    for (const [, names, from] of before.matchAll(
      /\bimport\s+(?:type\s+)?([^'";]{1,2000}?)\s+from\s*['"]([^'"\n]+)['"]/g,
    )) {
      const bound = names!.replace(/[\w$]+\s+as\s+/g, '').replace(/\btype\b/g, '');
      if (!from!.startsWith('.')) for (const name of boundBy(bound)) yield [name, from!];
    }
    for (const [, names, from] of before.matchAll(
      /\b(?:const|let|var)\s+([^=;]{1,500}?)=\s*(?:await\s+import|require)\(\s*['"]([^'"\n]+)['"]/g,
    )) {
      const bound = names!.replace(/[\w$]+\s*:/g, '');
      if (!from!.startsWith('.')) for (const name of boundBy(bound)) yield [name, from!];
    }
  },
  *python(before, paths) {
    for (const [, modules] of before.matchAll(/^[ \t]*import[ \t]+([^\n#]+)/gm)) {
      for (const part of modules!.split(',')) {
        const [module = '', alias] = part.trim().split(/\s+as\s+/);
        if (isForeignPython(module, paths)) yield alias ?? module.split('.')[0]!;
      }
    }
    for (const [, module, names] of before.matchAll(
      /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)/gm,
    )) {
      if (isForeignPython(module!, paths)) yield* boundBy(names!.replace(/[\w]+\s+as\s+/g, ''));
    }
  },
  *go(before, paths) {
    for (const [, alias, path] of before.matchAll(/^\s*(?:import\s+)?(?:([\w.]+)\s+)?"([\w./~-]+)"\s*$/gm)) {
      const last = path!
        .split('/')
        .filter(part => !/^v\d+$/.test(part))
        .at(-1)!;
      if (!path!.includes('.') || !paths.hasPlace(last))
        yield alias ?? last.replace(/^go-|-go$|\.v\d+$/g, '');
    }
  },
  *rust(before, paths) {
    for (const [, crate, rest = ''] of before.matchAll(
      /^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+(\w+)((?:::[^;]*)?);/gm,
    )) {
      if (
        /^(?:crate|self|super)$/.test(crate!) ||
        paths.hasPlace(crate!.replaceAll('_', '-')) ||
        paths.hasPlace(crate!)
      )
        continue;
      yield crate!;
      yield* boundBy(rest.replace(/[\w]+\s+as\s+/g, ''));
    }
    yield* ['std', 'core', 'alloc'];
  },
  *java(before, paths) {
    for (const [, path] of before.matchAll(/^\s*import\s+(?:static\s+)?([\w.]+)(?:\.\*)?;/gm)) {
      const parts = path!.split('.');
      const type = parts.findIndex(part => /^[A-Z]/.test(part));
      if (type >= 0 && !paths.hasPlace(`${parts[type]}.java`)) yield* parts.slice(type);
    }
  },
};

function isForeignPython(module: string, paths: KnownPlaces): boolean {
  if (module.startsWith('.')) return false;
  const path = module.replaceAll('.', '/');
  const [top = ''] = path.split('/');
  return ![`${top}.py`, top].some(name => paths.hasPlace(name));
}

function* boundBy(names: string): Iterable<string> {
  for (const [name] of names.matchAll(NAME)) yield name;
}
