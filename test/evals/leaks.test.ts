import { expect, test } from 'vitest';
import {
  hashOfNeighbourhood,
  leaks,
  mayHold,
  neighbourhoodOf,
  neighbourhoodsIn,
} from '../../src/evals/leaks.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const finished = `export function open(path: string) {
  const handle = files.get(path);

  if (!handle) throw new MissingFile(path);
  return handle;
}
`;
const neighbourhood = neighbourhoodOf(finished.split('\n'), 3);
const hole = { path: 'src/open.ts', neighbourhood };

test('the line is seen where it stands between the same neighbours, however it is indented', () => {
  const planted = `class Files {
      const handle = files.get(path);
      if (!handle) throw new MissingFile(path);

      return handle;
  }`;
  const files = [
    { path: 'src/files.ts', text: planted },
    { path: 'src/crlf.ts', text: finished.replaceAll('\n', '\r\n') },
    { path: 'src/other.ts', text: 'return handle;' },
  ];
  expect(leaks(hole, files)).toEqual(['src/files.ts', 'src/crlf.ts']);
});

test('the line alone, or with one neighbour, is no leak', () => {
  const line = 'if (!handle) throw new MissingFile(path);';
  const files = [
    { path: 'a.ts', text: line },
    { path: 'b.ts', text: `const handle = files.get(path);\n${line}` },
    { path: 'c.ts', text: `${line}\nreturn handle;` },
    { path: 'd.ts', text: `const handle = files.get(path);\n${line} // never\nreturn handle;` },
  ];
  expect(leaks(hole, files)).toEqual([]);
});

test('files that are not in the index while the hole is asked are passed over', () => {
  const files = ['src/open.ts', 'src/copy.ts', 'src/rest.ts'].map(path => ({ path, text: finished }));
  expect(leaks({ ...hole, exclude: ['src/copy.ts'] }, files)).toEqual(['src/rest.ts']);
});

test('at either end of a file, that end is the neighbour', () => {
  const first = neighbourhoodOf(['', 'package main', '', 'import "fmt"'], 1);
  expect(first).toEqual({ above: '', line: 'package main', below: 'import "fmt"' });
  const at = { path: 'main.go', neighbourhood: first };
  expect(leaks(at, [{ path: 'a.go', text: '\npackage main\nimport "fmt"\n' }])).toEqual(['a.go']);
  expect(leaks(at, [{ path: 'b.go', text: '// +build\npackage main\nimport "fmt"\n' }])).toEqual([]);
});

test('the quick check never says no where the thorough one says yes', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  // Few different lines, so that neighbourhoods meet again.
  const text = () =>
    Array.from({ length: 30 }, () => ['', 'a', 'b', ' c', 'd '][Math.floor(random() * 5)]).join('\n');
  let agreed = 0;
  for (let i = 0; i < 300; i++) {
    const [one, other] = [text(), text()];
    const lines = one.split('\n');
    const line = lines.findIndex(there => there.trim() !== '');
    if (line < 0) continue;
    const around = neighbourhoodOf(lines, line);
    const thorough = leaks({ path: 'x', neighbourhood: around }, [{ path: 'y', text: other }]).length > 0;
    const quick = mayHold(neighbourhoodsIn(other), hashOfNeighbourhood(around));
    if (thorough) expect(quick, `seed ${seed}, round ${i}`).toBe(true);
    if (thorough === quick) agreed++;
  }
  // Two of some thousand 32-bit hashes hardly ever meet.
  expect(agreed, `seed ${seed}`).toBeGreaterThan(295);
});
