import { expect, test } from 'vitest';
import { idOf } from '../../src/indexing/lexer.ts';
import { ContinuationRetriever } from '../../src/retrieval/continuation.ts';
import { LexicalRetriever } from '../../src/retrieval/lexical.ts';
import { Retrieval } from '../../src/retrieval/retrieve.ts';
import { at } from '../support/cursor.ts';
import { definedIndex } from '../support/definedIndex.ts';

const filler = Array.from({ length: 8 }, (_, i) => `const filler${i} = makeFiller(${i});\n`).join('');
const FILES = {
  'src/apple.ts': `${filler}
const tree = plantApple(garden);
water(tree, twice);

harvestApple(tree);
sellAtMarket(tree);
${filler}`,
  'src/other.ts': filler.replaceAll('Filler', 'Other'),
  'notes.md': 'const tree = plantApple(garden); water(tree, twice)\n',
};

async function givesAt(code: string) {
  const index = await definedIndex(['typescript'], FILES);
  const retrievers = [new LexicalRetriever(() => index), new ContinuationRetriever(() => index)];
  const retrieval = new Retrieval({ retrievers, index: () => index, readText: () => undefined });
  const { words, stretches, following } = retrieval.gives(at(code, 'src/pear.ts'));
  const { tokens } = index.store('js');
  const textOf = ({ start, end }: { start: number; end: number }) =>
    Array.from(tokens.subarray(start, end), token => index.vocabulary.text(idOf(token))).join(' ');
  return {
    words: words.map(({ id }) => index.vocabulary.text(id)),
    stretches: stretches.map(textOf),
    following: following.map(textOf),
  };
}

const CODE = `const tree = plantPear(garden);
water(tree, twice);
█`;

test('a model of tokens is given the lines that follow places like the cursor’s, the nearest first', async () => {
  const { following } = await givesAt(CODE);
  expect(following.slice(0, 2)).toEqual(['harvestApple ( tree ) ;', 'sellAtMarket ( tree ) ;']);
});

test('and the words that are likely to come, those above the cursor aside', async () => {
  const { words } = await givesAt(CODE);
  expect(words.slice(0, 12)).toContain('harvestApple');
  expect(words).not.toContain('garden');
  expect(words).not.toContain('water');
});

test('and stretches of other files of its languages, each once', async () => {
  const { stretches } = await givesAt(CODE);
  expect(stretches.join('\n')).toContain('plantApple ( garden )');
  expect(new Set(stretches).size).toBe(stretches.length);
});
