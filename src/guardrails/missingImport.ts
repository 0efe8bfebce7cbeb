import { languageOf } from '../domain/languages.ts';
import { type Guard, KEPT, placeOf, type Verdict } from './guard.ts';
import type { KnownPlaces } from './imports.ts';

/** What can be said of the workspace's files without waiting. */
export interface KnownFiles extends KnownPlaces {
  /** The workspace has been read: only then a file that nobody knows is not there. */
  readonly ready: boolean;
  /** Whether there is a file at a slash-separated path within the workspace, on the disk or open in the editor. */
  exists(path: string): boolean;
  /** The text of such a file; undefined if there is none. */
  read(path: string): string | undefined;
}

/** A module that cannot be found, as it is written; `surely` if no tool could still make it out. */
interface Missing {
  readonly module: string;
  readonly surely: boolean;
}

/** A package that no manifest names may still be there by some alias. */
const FACTOR = 0.5;

/** Refuses an import of a file of the workspace that does not exist, and doubts one of a package that is not declared. */
export function missingImport(files: KnownFiles): Guard {
  return {
    name: 'missingImport',
    judge(judged): Verdict {
      const { path, languageId } = judged.context.document;
      const find = FINDERS[languageOf(languageId).family];
      if (!find || !files.ready || path.includes('\\') || path.startsWith('/') || path.includes(':'))
        return KEPT;
      const { linePrefix } = placeOf(judged);
      const lines = (linePrefix + judged.text).split('\n');
      // What the user has typed may be made next; it is none of the suggestion's doing.
      const typed = new Set([...find(linePrefix, path, files)].map(({ module }) => module));
      const found = lines.flatMap(line => [...find(line, path, files)]);
      const missing = found.filter(({ module }) => !typed.has(module));
      const refused = missing.find(({ surely }) => surely);
      if (refused)
        return { kind: 'refused', reason: `it imports '${refused.module}', and there is no such file` };
      const [doubted] = missing;
      if (!doubted) return KEPT;
      return {
        kind: 'kept',
        doubt: {
          factor: FACTOR,
          reason: `it imports '${doubted.module}', which no manifest of the workspace names`,
        },
      };
    },
  };
}

type Finder = (line: string, path: string, files: KnownFiles) => Iterable<Missing>;

const FINDERS: Readonly<Record<string, Finder>> = {
  *js(line, path, files) {
    const found =
      /^\s*(?:import|export)\b[^'"]*?(?:\bfrom\s*)?(['"])([^'"\s]+)\1|\b(?:import|require)\(\s*(['"])([^'"\s]+)\3\s*\)/.exec(
        line,
      );
    const module = found?.[2] ?? found?.[4];
    if (module === undefined || (found?.[2] !== undefined && !/\bfrom\s*['"]|^\s*import\s*['"]/.test(line)))
      return;
    if (/^\.{1,2}(?:\/|$)/.test(module)) {
      const target = joined(folderOf(path), module.replace(/[?#].*$/, ''));
      if (target !== undefined && !isMade(target) && !scriptAt(target, files)) yield { module, surely: true };
    } else if (isPackage(module) && !declaresPackage(packageOf(module), folderOf(path), files)) {
      yield { module, surely: false };
    }
  },
  *python(line, path, files) {
    const found = /^\s*from\s+(\.+)([\w.]+)\s+import\b/.exec(line);
    if (found) {
      const up = '../'.repeat(found[1]!.length - 1);
      const target = joined(folderOf(path), up + found[2]!.replaceAll('.', '/'));
      if (target !== undefined && !isMade(target) && !moduleAt(target, files))
        yield { module: found[1]! + found[2]!, surely: true };
      return;
    }
    const absolute = /^\s*(?:from\s+([\w.]+)\s+import\b|import\s+([\w.]+)\s*(?:#.*|as\s+\w+\s*)?$)/.exec(
      line,
    );
    const module = absolute?.[1] ?? absolute?.[2];
    if (module === undefined || !module.includes('.')) return;
    const target = module.replaceAll('.', '/');
    const top = target.split('/')[0]!;
    // Only where the package itself stands is it known what is in it.
    const root = ['', 'src/'].find(prefix => files.exists(`${prefix}${top}/__init__.py`));
    if (root !== undefined && !isMade(target) && !moduleAt(root + target, files))
      yield { module, surely: true };
  },
  *go(line, path, files) {
    const module = /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w.~-]+(?:\/[\w.~-]+)+)"\s*(?:\/\/.*)?$/.exec(
      line,
    )?.[1];
    const own = module && goModuleOf(path, files);
    if (!own || !module.startsWith(`${own.name}/`)) return;
    const target = own.folder + module.slice(own.name.length + 1);
    const parts = module.slice(own.name.length + 1).split('/');
    // A folder is there if any is called so; one that is not indexed has a file of the usual names, if any.
    const isThere = parts.every(part => files.hasPlace(part)) || hasUsualFile(target, parts.at(-1)!, files);
    if (!isMade(target) && !isThere) yield { module, surely: true };
  },
  *rust(line, path, files) {
    yield* missingInCrate(line, path, files);
    const name = /^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;/.exec(line)?.[1];
    if (name === undefined) return;
    const file = path.slice(path.lastIndexOf('/') + 1, -'.rs'.length);
    const own = /^(?:mod|lib|main)$/.test(file) ? folderOf(path) : `${folderOf(path)}${file}/`;
    const places = [own, folderOf(path)].flatMap(folder => [
      `${folder}${name}.rs`,
      `${folder}${name}/mod.rs`,
    ]);
    if (!places.some(place => files.exists(place))) yield { module: name, surely: false };
  },
  *ruby(line, path, files) {
    const module = /^\s*require_relative\s*\(?\s*(['"])([^'"\s#]+)\1/.exec(line)?.[2];
    const target = module === undefined ? undefined : joined(folderOf(path), module);
    if (
      module !== undefined &&
      target !== undefined &&
      !files.exists(target) &&
      !files.exists(`${target}.rb`)
    ) {
      yield { module, surely: true };
    }
  },
};

/** The module that a Go file belongs to, and the folder of its manifest. */
function goModuleOf(path: string, files: KnownFiles): { name: string; folder: string } | undefined {
  const found = nearest('go.mod', path, files);
  const name = found && /^module\s+"?([\w./~-]+)/m.exec(found.text)?.[1];
  return found && name ? { name, folder: found.folder } : undefined;
}

function hasUsualFile(folder: string, name: string, files: KnownFiles): boolean {
  return [name, 'doc', 'main', 'types', 'generated'].some(file => files.exists(`${folder}/${file}.go`));
}

/** A module of the own crate that is neither a file nor named in the crate's root, unless that takes names from elsewhere. */
function* missingInCrate(line: string, path: string, files: KnownFiles): Iterable<Missing> {
  const name = /^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+crate::([a-z]\w*)::/.exec(line)?.[1];
  const crate = name === undefined ? undefined : nearest('Cargo.toml', path, files)?.folder;
  if (name === undefined || crate === undefined) return;
  const source = `${crate}src/`;
  if (!path.startsWith(source) || path.startsWith(`${source}bin/`)) return;
  const roots = ['lib.rs', 'main.rs'].flatMap(file => files.read(source + file) ?? []);
  const isNamed = (root: string) => new RegExp(`\\b${name}\\b|::\\*|\\binclude!`).test(root);
  const isFile = files.exists(`${source}${name}.rs`) || files.exists(`${source}${name}/mod.rs`);
  if (roots.length > 0 && !isFile && !roots.some(isNamed)) yield { module: `crate::${name}`, surely: true };
}

/** The manifest of this name that is nearest above a file. */
function nearest(
  manifest: string,
  path: string,
  files: KnownFiles,
): { readonly text: string; readonly folder: string } | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder.slice(0, -1))) {
    const text = files.read(folder + manifest);
    if (text !== undefined) return { text, folder };
    if (folder === '') return undefined;
  }
}

const SCRIPTS = [
  'ts',
  'tsx',
  'd.ts',
  'mts',
  'cts',
  'js',
  'jsx',
  'mjs',
  'cjs',
  'json',
  'vue',
  'svelte',
  'node',
  'css',
  'scss',
  'less',
  'graphql',
];

/** As TypeScript and bundlers resolve it: with an ending, as the source of a `.js`, or as a folder's index. */
function scriptAt(target: string, files: KnownFiles): boolean {
  if (target === '' || files.exists(target)) return true;
  const source = target.replace(/\.([mc]?)jsx?$/, '.$1ts');
  if (
    source !== target &&
    (files.exists(source) ||
      files.exists(`${source}x`) ||
      files.exists(source.replace(/\.([mc]?)ts$/, '.d.$1ts')))
  ) {
    return true;
  }
  const folder = target.endsWith('/') ? target : `${target}/`;
  return (
    SCRIPTS.some(ending => files.exists(`${target}.${ending}`) || files.exists(`${folder}index.${ending}`)) ||
    files.exists(`${folder}package.json`)
  );
}

function moduleAt(target: string, files: KnownFiles): boolean {
  const endings = ['.py', '.pyi', '/__init__.py', '/__init__.pyi', '.pyx', '.so', '.pyd'];
  return endings.some(ending => files.exists(target + ending));
}

/** What a build makes is not there before it runs, and what is no code is read by nobody here. */
function isMade(target: string): boolean {
  if (
    /\.(?:svg|png|jpe?g|gif|webp|avif|ico|wasm|html?|txt|md|mdx|ya?ml|toml|woff2?|ttf|mp[34]|glsl|sql|csv|pem)$/.test(
      target,
    )
  )
    return true;
  return /(?:^|\/)(?:dist|build|out|lib|target|node_modules|\.?_*gen(?:erated)?_*|_version)(?:[/.]|$)|[._](?:gen|generated|pb2?|pb2_grpc)(?:[/.]|$)/i.test(
    target,
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** `target` seen from `folder`; undefined if it leads out of the workspace. */
function joined(folder: string, target: string): string | undefined {
  const parts = folder.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** A bare name such as `lodash/fp` or `@scope/name`; what begins otherwise is an alias, a scheme or an address. */
function isPackage(module: string): boolean {
  return /^(?:@[a-z0-9][\w.-]*\/[\w.-]+|[a-z][\w.-]*)(?:\/[\w./-]*)?$/.test(module) && !BUILT_IN.test(module);
}

const BUILT_IN =
  /^(?:assert|async_hooks|buffer|bun|child_process|cluster|console|constants|crypto|dgram|diagnostics_channel|dns|domain|events|fs|http2?|https|inspector|module|net|os|path|perf_hooks|process|punycode|querystring|readline|repl|stream|string_decoder|sys|timers|tls|trace_events|tty|url|util|v8|vm|vscode|worker_threads|zlib)(?:\/|$)/;

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether a manifest from `folder` up to the workspace's top names a package, or one of them installed it. */
function declaresPackage(name: string, folder: string, files: KnownFiles): boolean {
  let manifests = 0;
  for (let at = folder; ; at = folderOf(at.slice(0, -1))) {
    const manifest = files.read(`${at}package.json`);
    if (manifest !== undefined) {
      manifests++;
      // By its own name, as a dependency of any kind, or by an alias that its settings have.
      if (manifest.includes(`"${name}"`) || manifest.includes(`"@types/${name}"`)) return true;
    }
    for (const settings of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']) {
      if (files.read(at + settings)?.includes(`"${name.split('/')[0]}`)) return true;
    }
    if (files.exists(`${at}node_modules/${name}/package.json`)) return true;
    if (at === '') return manifests === 0;
  }
}
