import { expect, test } from 'vitest';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { type Pool, Pooler } from '../../src/retrieval/pool.ts';
import type { Findings, Found } from '../../src/retrieval/retriever.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const SOURCES = ['lexical', 'continuation', 'session'];

function textOf(random: () => number): string {
  const pick = (most: number) => Math.floor(random() * most);
  const lines = Array.from({ length: pick(60) }, () =>
    random() < 0.25 ? '' : Array.from({ length: 1 + pick(5) }, () => `word${pick(40)}`).join(' + '),
  );
  return lines.join('\n');
}

function findingsIn(paths: readonly string[], random: () => number): readonly Findings[] {
  const pick = (most: number) => Math.floor(random() * most);
  return SOURCES.map(retriever => {
    const found: Found[] = Array.from({ length: pick(8) }, () => {
      const startLine = 1 + pick(60);
      return { path: paths[pick(paths.length)]!, startLine, endLine: startLine + pick(12), score: random() };
    });
    return { retriever, found: found.sort((a, b) => b.score - a.score) };
  });
}

/** A line as text: where it stands, its words, and for each source that found it the score and the place in its list. */
function drawn(path: string, number: number, words: readonly string[], found: readonly string[]): string {
  return `${path}:${number} ${words.join(' ')} | ${found.join(', ')}`;
}

/** The lines of a pool, read from its arrays. */
function told(pool: Pool, index: CodeIndex): readonly string[] {
  const width = pool.sources.length;
  return Array.from({ length: pool.size }, (_, line) => {
    const words = Array.from(pool.words.subarray(pool.starts[line], pool.starts[line + 1]), place =>
      index.vocabulary.text(pool.ids[place]!),
    );
    const found = pool.sources.flatMap((source, i) => {
      const rank = pool.ranks[line * width + i]!;
      return rank < 0 ? [] : [`${source} ${pool.scores[line * width + i]!.toFixed(6)} ${rank}`];
    });
    return drawn(pool.paths[pool.files[line]!]!, pool.numbers[line]!, words, found);
  });
}

/** The same, line by line from the texts. */
function naive(texts: ReadonlyMap<string, string>, findings: readonly Findings[]): readonly string[] {
  return [...texts.keys()].sort().flatMap(path => {
    const text = texts.get(path)!.trimEnd();
    const lines = text === '' ? [] : text.split('\n');
    return lines.flatMap((line, i) => {
      const found = findings.flatMap(({ retriever, found }) => {
        const here = [...found.entries()].filter(
          ([, place]) => place.path === path && place.startLine <= i + 1 && i + 1 <= place.endLine,
        );
        if (here.length === 0) return [];
        const best = Math.max(...here.map(([, { score }]) => score)) / found[0]!.score;
        return [`${retriever} ${best.toFixed(6)} ${here[0]![0]}`];
      });
      const words = [...new Set(line.match(/word\d+/g) ?? [])];
      return found.length === 0 ? [] : [drawn(path, i + 1, words, found)];
    });
  });
}

test('a pool holds every line that was found once, with its words and what each source said of it', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  // One after the other, as requests come; the index may be another, and words are added to it.
  const pooler = new Pooler();
  for (let round = 0; round < 60; round++) {
    const index = new CodeIndex();
    const texts = new Map(['b.ts', 'a.ts', 'c.ts'].map(path => [path, textOf(random)]));
    for (const [path, text] of texts) index.add(lineRecord(path, text));
    for (let asked = 0; asked < 3; asked++) {
      const findings = findingsIn([...texts.keys(), 'gone.ts'], random);
      const pool = pooler.pool(findings, index);
      expect(told(pool, index), `seed ${seed}, round ${round}`).toEqual(naive(texts, findings));
      for (const [place, id] of pool.ids.entries()) expect(pool.placeOf[id]).toBe(place + 1);
      index.add(lineRecord('more.ts', `new${round}Word${asked}()`));
    }
  }
});
