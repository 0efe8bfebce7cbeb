import { expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { Grammars } from '../../src/syntax/grammars.ts';
import { readGrammar } from '../support/grammars.ts';

test('a grammar is loaded once, however many ask for it at once', async () => {
  const files: string[] = [];
  const grammars = new Grammars(file => {
    files.push(file);
    return readGrammar(file);
  });
  expect(grammars.parser('json')).toBeUndefined();
  const asked = await Promise.all([
    grammars.prepare('json'),
    grammars.prepare('json'),
    grammars.prepare('css'),
  ]);
  expect(asked).toEqual([true, true, true]);
  expect(await grammars.prepare('json')).toBe(true);
  expect(files.toSorted()).toEqual(['css.wasm', 'json.wasm', 'web-tree-sitter.wasm']);
  expect(grammars.parser('json')!.parse('{}')!.rootNode.type).toBe('document');
});

test('a grammar that is missing or broken is logged once and harms no other', async () => {
  const warnings: string[] = [];
  const grammars = new Grammars(
    async file => {
      if (file === 'cobol.wasm') throw new Error('no such file');
      return file === 'go.wasm' ? new Uint8Array([1, 2, 3]) : readGrammar(file);
    },
    { ...silentLog, warn: message => warnings.push(message) },
  );
  expect(await grammars.prepare('cobol')).toBe(false);
  expect(await grammars.prepare('cobol')).toBe(false);
  expect(await grammars.prepare('go')).toBe(false);
  expect(grammars.parser('cobol')).toBeUndefined();
  expect(await grammars.prepare('json')).toBe(true);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toContain("'cobol' cannot be loaded");
});
