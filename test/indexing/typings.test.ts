import { expect, test } from 'vitest';
import { Typings } from '../../src/indexing/typings.ts';

const FILES: Readonly<Record<string, string>> = {
  'node_modules/kit/package.json': '{ "types": "./dist/main.d.ts" }',
  'node_modules/kit/dist/main.d.ts': "export * from './shapes.js';\nexport function draw(): void;",
  'node_modules/kit/dist/shapes.d.ts': 'export interface Circle { radius: number }',
  'node_modules/front/package.json': '{}',
  'node_modules/front/index.d.ts': "export * from 'kit';",
  'node_modules/kit/extra.d.ts': 'export function more(): void;',
  'node_modules/plain/package.json': '{ "main": "index.js" }',
  'node_modules/old/package.json': '{ "main": "index.js" }',
  'node_modules/@types/old/package.json': '{}',
  'node_modules/@types/old/index.d.ts': 'export function stand(): void;',
  'node_modules/@scope/kit/package.json': '{}',
  'node_modules/@scope/kit/index.d.ts': 'export const scoped = 1;',
  'node_modules/@types/node/fs.d.ts': 'export function readFileSync(): void;',
  'packages/web/node_modules/kit/package.json': '{ "types": "main.d.ts" }',
  'packages/web/node_modules/kit/main.d.ts': 'export function paint(): void;',
  'node_modules/broken/package.json': '{',
};

function typings(files = FILES) {
  let now = 0;
  const read = async (path: string) => files[path];
  const known = new Typings({ read, clock: { elapsed: () => now } });
  const settled = () => new Promise(resolve => setTimeout(resolve, 20));
  return {
    async has(module: string, name: string, path = 'src/a.ts') {
      known.has(module, name, path);
      await settled();
      return known.has(module, name, path);
    },
    known,
    settled,
    later: (ms: number) => {
      now += ms;
    },
  };
}

test.each([
  ['kit', 'draw', true],
  ['kit', 'radius', true],
  ['kit', 'paint', false],
  ['kit/extra', 'more', true],
  ['kit/extra', 'draw', false],
  ['front', 'radius', true],
  ['front', 'nothing', false],
  ['old', 'stand', true],
  ['@scope/kit', 'scoped', true],
  ['node:fs', 'readFileSync', true],
  ['fs', 'readvFile', false],
  ['plain', 'anything', undefined],
  ['broken', 'anything', undefined],
  ['nowhere', 'anything', undefined],
])('%s has %s: %s', async (module, name, expected) => {
  expect(await typings().has(module, name)).toBe(expected);
});

test('the nearest package counts', async () => {
  const { has } = typings();
  expect(await has('kit', 'paint', 'packages/web/src/deep/a.ts')).toBe(true);
  expect(await has('kit', 'draw', 'packages/web/src/deep/a.ts')).toBe(false);
});

test('nothing is known until they have been read', async () => {
  const { known, settled } = typings();
  expect(known.has('kit', 'draw', 'src/a.ts')).toBeUndefined();
  await settled();
  expect(known.has('kit', 'draw', 'src/a.ts')).toBe(true);
});

test('a package that is brought up to date is read again after a while', async () => {
  const files: Record<string, string> = { ...FILES };
  const { has, later } = typings(files);
  expect(await has('kit', 'erase')).toBe(false);
  files['node_modules/kit/dist/main.d.ts'] = 'export function erase(): void;';
  expect(await has('kit', 'erase')).toBe(false);
  later(10 * 60_000);
  expect(await has('kit', 'erase')).toBe(true);
});

test('typings that are too many to be all read say nothing', async () => {
  const files = { ...FILES, 'node_modules/kit/dist/shapes.d.ts': 'x '.repeat(2_000_000) };
  expect(await typings(files).has('kit', 'draw')).toBeUndefined();
});
