/**
 * What a name is called where `theirs` is called `ours`: `getUserName` becomes `getTeamName` where `user` became `team`
 * or `UserStore` became `TeamStore`. Undefined if the name has no part that tells.
 */
export function renamed(name: string, theirs: string, ours: string): string | undefined {
  const [from, to] = differingParts(theirs, ours);
  if (from.length < 3 || to === '') return undefined;
  for (const [part, into] of spellings(from, to, name.includes('_'))) {
    const at = indexOfPart(name, part);
    if (at >= 0) return name.slice(0, at) + into + name.slice(at + part.length);
  }
  return undefined;
}

/** The parts of two names between what they have in common at their ends, in whole words. */
function differingParts(theirs: string, ours: string): readonly [string, string] {
  const a = wordsOf(theirs);
  const b = wordsOf(ours);
  let head = 0;
  while (head < Math.min(a.length, b.length) - 1 && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - 1 - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const middle = (words: readonly string[]) => words.slice(head, words.length - tail).join('');
  return [middle(a).replace(/^_+|_+$/g, ''), middle(b).replace(/^_+|_+$/g, '')];
}

/** `get`, `User`, `_by_`, `ID` of `getUser_by_ID`; joined they are the name again. */
function wordsOf(name: string): string[] {
  return name.match(/_+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{N}]+|[^_]/gu) ?? [];
}

function spellings(from: string, to: string, snake: boolean): readonly (readonly [string, string])[] {
  const singular = (word: string) => word.replace(/(?<=\p{L}{3})s$/u, '');
  const forms = [[from, to] as const, [singular(from), singular(to)] as const];
  return forms.flatMap(([a, b]) => {
    const camel: (readonly [string, string])[] = [
      [a, b],
      [upperFirst(a), upperFirst(b)],
      [lowerFirst(a), lowerFirst(b)],
    ];
    const snakes: (readonly [string, string])[] = [
      [snaked(a), snaked(b)],
      [snaked(a).toUpperCase(), snaked(b).toUpperCase()],
    ];
    return snake ? [...snakes, ...camel] : [...camel, ...snakes];
  });
}

const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);
const snaked = (word: string) => word.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, '_').toLowerCase();

/** Where a part begins in a name, cut between words only; -1 if it is not in it. */
function indexOfPart(name: string, part: string): number {
  for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
    const before = name[at - 1];
    const after = name[at + part.length];
    const joinsBefore = before !== undefined && isLower(before) && isLower(part[0]!);
    const joinsAfter = after !== undefined && isLower(after) && after !== 's' && isLower(part.at(-1)!);
    if (!joinsBefore && !joinsAfter) return at;
  }
  return -1;
}

const isLower = (char: string) => /\p{Ll}/u.test(char);
