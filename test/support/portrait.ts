import { languageOf } from '../../src/domain/languages.ts';
import type { CodeIndex } from '../../src/indexing/codeIndex.ts';

/** Everything that can be asked of an index, in an order that does not depend on how the index came to be. */
export function portraitOf(index: CodeIndex, terms: readonly string[]) {
  const paths = [...index.paths()].sort();
  return {
    report: index.report,
    records: paths.map(path => index.recordOf(path)),
    places: paths.map(path => placesOf(index, path)),
    found: terms.map(term => ({
      term,
      frequency: index.frequency(term),
      chunks: index.search(new Map([[term, 1]]), { limit: 20 }),
    })),
    defined: paths.map(path => index.definitionsIn(path)),
    members: terms.map(term => ({
      term,
      places: index.definitions
        .membersOf(term)
        .map(({ path, startLine, kind }) => `${path}:${startLine} ${kind}`)
        .sort(),
    })),
  };
}

/** Where the index says that some tokens of a file stand. */
function placesOf(index: CodeIndex, path: string) {
  const { start, end } = index.tokenRange(path)!;
  const { family } = languageOf(index.recordOf(path)!.languageId);
  return [start, (start + end) >> 1, end - 1].map(place => index.placeAt(family, place));
}

/** Words of the workspace to ask for, the same ones for the same files. */
export function someWords(index: CodeIndex): readonly string[] {
  const words = new Set<string>();
  for (const path of [...index.paths()].sort()) {
    const { strings } = index.recordOf(path)!;
    for (let i = 9; i < strings.length; i += 37) if (/^\w{3,}$/.test(strings[i]!)) words.add(strings[i]!);
  }
  const step = Math.ceil(words.size / 80);
  return [...words].filter((_, i) => i % step === 0);
}
