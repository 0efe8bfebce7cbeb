import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Which part of `src/` may import which, besides itself. The most particular entry holds for a file: its own path, else
 * its folder. Read it as the map of the house; a change to it is a change of the design.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  domain: ['base'],
  syntax: ['base', 'domain'],
  indexing: ['base', 'domain', 'syntax'],
  embedding: ['base', 'domain', 'indexing'],
  retrieval: ['base', 'domain', 'indexing'],
  prompt: ['base', 'domain'],
  models: ['base', 'domain', 'indexing', 'prompt'],
  guardrails: ['base', 'domain', 'syntax'],
  cache: ['base', 'domain'],
  feedback: ['base', 'domain'],
  completion: ['base', 'domain', 'retrieval', 'prompt', 'models', 'guardrails', 'cache'],
  engine: ['base', 'domain'],
  'engine/engine.ts': [
    'base',
    'domain',
    'completion',
    'feedback',
    'guardrails',
    'indexing',
    'models',
    'retrieval',
    'syntax',
  ],
  'engine/worker.ts': ['base', 'domain', 'engine', 'compose.ts'],
  evals: ['base', 'domain', 'syntax', 'indexing', 'retrieval', 'engine', 'compose.ts', 'feedback'],
  // The engine itself would come into the extension's bundle; APIs and clients are enough.
  editor: ['base', 'domain', 'engine/api.ts', 'engine/client.ts', 'evals/api.ts', 'evals/client.ts'],
  terminal: ['base', 'domain', 'retrieval', 'engine', 'compose.ts', 'evals', 'feedback'],
  'compose.ts': [
    ...['base', 'domain', 'syntax', 'indexing', 'embedding', 'retrieval', 'prompt', 'models'],
    ...['guardrails', 'cache', 'feedback', 'completion', 'engine'],
  ],
  'extension.ts': ['base', 'domain', 'engine/api.ts', 'engine/client.ts', 'editor'],
  'cli.ts': ['base', 'domain', 'engine', 'compose.ts', 'evals', 'feedback', 'terminal'],
};

/** Where one may say 'vscode'. */
const AT_THE_EDGE = ['editor', 'extension.ts'];

/** Parts that never touch disk, processes or threads, so that they can be tested and moved freely. */
const WITHOUT_A_MACHINE = ['completion', 'guardrails', 'retrieval', 'prompt', 'cache', 'domain'];
const MACHINE = /^node:(fs|fs\/promises|child_process|worker_threads|net|http|https)$/;

const LONGEST_FILE = 300;

/** Sources by their path in `src/`, with `/` between folders. */
type Sources = Readonly<Record<string, string>>;

describe('the architecture', () => {
  const sources = readSources(join(import.meta.dirname, '../src'));

  it('lets imports run one way only', () => {
    expect(forbiddenImports(sources)).toEqual([]);
  });

  it('has no import cycles, of types neither', () => {
    expect(cycles(sources)).toEqual([]);
  });

  it('says vscode at the edge only, and leaves the machine to adapters', () => {
    expect(foreignImports(sources)).toEqual([]);
  });

  it('has no barrels', () => {
    expect(barrels(sources)).toEqual([]);
  });

  it(`has no file of more than ${LONGEST_FILE} lines`, () => {
    expect(tooLong(sources)).toEqual([]);
  });
});

describe('the law', () => {
  it('sees an import that runs the wrong way, of a value, of a type, and at run time', () => {
    const seeded = {
      'domain/a.ts': `import { b } from '../retrieval/b.ts';`,
      'retrieval/b.ts': `import type {\n  C,\n} from '../editor/c.ts';`,
      'editor/c.ts': `const cache = await import('../cache/d.ts');`,
      'cache/d.ts': `import { text } from '../base/text.ts';`,
      'base/text.ts': `// nothing here imports from '../editor/c.ts'`,
    };
    expect(forbiddenImports(seeded)).toEqual([
      'domain/a.ts may not import retrieval/b.ts',
      'retrieval/b.ts may not import editor/c.ts',
      'editor/c.ts may not import cache/d.ts',
    ]);
  });

  it('holds for one file where it names that file', () => {
    const seeded = {
      'engine/worker.ts': `import { compose } from '../compose.ts';`,
      'engine/api.ts': `import { compose } from '../compose.ts';`,
      'compose.ts': '',
    };
    expect(forbiddenImports(seeded)).toEqual(['engine/api.ts may not import compose.ts']);
  });

  it('sees a part that it does not know', () => {
    expect(forbiddenImports({ 'helpers/a.ts': '' })).toEqual(['helpers/a.ts is in no known part']);
  });

  it('sees a cycle of three files', () => {
    const seeded = {
      'base/a.ts': `import { b } from './b.ts';`,
      'base/b.ts': `export type { C } from './c.ts';`,
      'base/c.ts': `import type { A } from './a.ts';`,
    };
    expect(cycles(seeded)).toEqual(['base/a.ts → base/b.ts → base/c.ts → base/a.ts']);
  });

  it('sees vscode in the engine and the disk in a guard', () => {
    const seeded = {
      'engine/a.ts': `import * as vscode from 'vscode';`,
      'guardrails/b.ts': `import { readFile } from 'node:fs/promises';`,
      'editor/c.ts': `import * as vscode from 'vscode';`,
      'indexing/d.ts': `import { readFile } from 'node:fs/promises';`,
    };
    expect(foreignImports(seeded)).toEqual([
      'engine/a.ts may not import vscode',
      'guardrails/b.ts may not import node:fs/promises',
    ]);
  });

  it('sees a barrel and a file that is too long', () => {
    expect(
      barrels({ 'base/all.ts': `export * from './text.ts';`, 'base/text.ts': 'export const a = 1;' }),
    ).toEqual(['base/all.ts passes on ./text.ts']);
    expect(tooLong({ 'base/a.ts': '\n'.repeat(301), 'base/b.ts': '\n'.repeat(300) })).toEqual([
      'base/a.ts has 301 lines',
    ]);
  });
});

function forbiddenImports(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([file, source]) => {
    const allowed = MAY_IMPORT[file] ?? MAY_IMPORT[partOf(file)];
    if (!allowed) return [`${file} is in no known part`];
    return importsOf(source)
      .filter(specifier => specifier.startsWith('.'))
      .map(specifier => targetOf(file, specifier))
      .filter(target => partOf(target) !== partOf(file) && target !== '../package.json')
      .filter(target => !allowed.includes(partOf(target)) && !allowed.includes(target))
      .map(target => `${file} may not import ${target}`);
  });
}

function foreignImports(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([file, source]) =>
    importsOf(source)
      .filter(
        specifier =>
          (specifier === 'vscode' && !AT_THE_EDGE.includes(partOf(file))) ||
          (MACHINE.test(specifier) && WITHOUT_A_MACHINE.includes(partOf(file))),
      )
      .map(specifier => `${file} may not import ${specifier}`),
  );
}

/** Every cycle is told once, from the file of it that is met first. */
function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const specifier of importsOf(sources[file] ?? '')) {
      if (specifier.startsWith('.')) visit(targetOf(file, specifier), [...path, file]);
    }
    done.add(file);
  };
  for (const file of Object.keys(sources)) visit(file, []);
  return found;
}

function barrels(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([file, source]) =>
    [...withoutComments(source).matchAll(/^export\b[^;'"]*\bfrom\s*'([^']+)'/gm)].map(
      ([, passedOn]) => `${file} passes on ${passedOn}`,
    ),
  );
}

function tooLong(sources: Sources): string[] {
  return Object.entries(sources)
    .map(([file, source]) => ({ file, lines: source.split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ file, lines }) => `${file} has ${lines} lines`);
}

/** What a module imports, of types too. The formatter sees to it that statements begin a line and quotes are single. */
function importsOf(source: string): string[] {
  const code = withoutComments(source);
  const patterns = [
    /^(?:import|export)\b[^;'"]*\bfrom\s*'([^']+)'/gm,
    /^import\s*'([^']+)'/gm,
    /\b(?:import|require)\(\s*'([^']+)'/g,
  ];
  return patterns.flatMap(pattern => [...code.matchAll(pattern)].map(match => match[1]!));
}

/** Only whole lines, because `//` stands in strings too. */
function withoutComments(source: string): string {
  return source.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
}

/** The folder of a file under `src/`, or the file itself if it stands there alone. */
function partOf(file: string): string {
  return file.split('/')[0]!;
}

function targetOf(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

function readSources(folder: string): Sources {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  );
  return Object.fromEntries(
    files.map(file => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')]),
  );
}
