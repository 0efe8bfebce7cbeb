import { describe, expect, test } from 'vitest';
import { type Snippet, tokensIn } from '../../src/domain/snippet.ts';
import { nextLineAfterMostSimilar } from '../../src/retrieval/retrievedLine.ts';
import { at } from '../support/cursor.ts';

const snippet = (path: string, startLine: number, text: string): Snippet => ({
  path,
  startLine,
  endLine: startLine + text.split('\n').length - 1,
  retriever: 'lexical',
  score: 1,
  text,
  tokens: tokensIn(text),
});

const HANDLER = snippet(
  'src/orders.ts',
  40,
  `app.post('/orders', async (request, response) => {
  const order = await parse(request);

  await orders.save(order);
  response.status(201).json(order);
});`,
);

describe('the line after the most similar place', () => {
  test('is the one that went on from the same words, blank lines passed over', () => {
    const context = at(`app.post('/users', async (request, response) => {
  const user = await parse(request);
  █
`);
    expect(nextLineAfterMostSimilar(context, [HANDLER])).toEqual({
      line: '  await orders.save(order);',
      provenance: { path: 'src/orders.ts', startLine: 43, endLine: 43, retriever: 'lexical', score: 1 },
      similarity: expect.closeTo(0.66, 1),
    });
  });

  test('comes from the snippet whose last line is alike, not only the stretch', () => {
    const again = snippet('b.ts', 1, 'open(file);\nread(file);\nclose(file);');
    const found = nextLineAfterMostSimilar(at('open(file);\nread(file);\n█'), [again]);
    expect(found).toMatchObject({ line: 'close(file);', similarity: 1 });
  });

  test('comes from the better snippet where two are equally alike', () => {
    const worse = snippet('worse.ts', 1, 'open(file);\nworse(file);');
    const better = snippet('better.ts', 1, 'open(file);\nbetter(file);');
    expect(nextLineAfterMostSimilar(at('open(file);\n█'), [worse, better])?.line).toBe('better(file);');
  });

  test('looks at nothing on the cursor’s own line', () => {
    const other = snippet('b.ts', 1, 'open(file);\nclose(file);');
    expect(nextLineAfterMostSimilar(at('open(file);\n  zebra█'), [other])?.similarity).toBe(1);
  });

  test('is none where nothing is alike, nothing stands above, or nothing was found', () => {
    expect(nextLineAfterMostSimilar(at('zebra();\n█'), [HANDLER])).toBeUndefined();
    expect(nextLineAfterMostSimilar(at('█'), [HANDLER])).toBeUndefined();
    expect(nextLineAfterMostSimilar(at('open(file);\n█'), [])).toBeUndefined();
  });

  test('reads line ends of both kinds', () => {
    const windows = snippet('b.ts', 1, 'open(file);\r\nclose(file);\r\n');
    expect(nextLineAfterMostSimilar(at('open(file);\r\n█'), [windows])?.line).toBe('close(file);');
  });
});
