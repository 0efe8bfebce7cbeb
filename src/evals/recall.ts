import { languageOf } from '../domain/languages.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { CommitHole } from './commitHoles.ts';
import { isKeyword } from './keywords.ts';

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** One letter is a loop's counter or a type's parameter: everybody writes it unasked. */
const LEAST_CHARS = 2;

type Written = Pick<CommitHole, 'prefix' | 'target' | 'language'> & Partial<Pick<CommitHole, 'following'>>;

/**
 * What retrieval should find for a hole: the identifiers of the target and of the lines written after it (`following`,
 * at most ten) that do not stand in the file above. Words of comments and strings are none, nor are keywords.
 */
export function wantedOf({ prefix, target, following = [], language }: Written): ReadonlySet<string> {
  const above = new Set(prefix.match(WORD));
  const code = [target, ...following].flatMap(text => text.split('\n')).map(line => codeOf(line, language));
  const names = code.flatMap(line => line.match(WORD) ?? []);
  return new Set(
    names.filter(name => name.length >= LEAST_CHARS && !above.has(name) && !isKeyword(name, language)),
  );
}

/** Identifier recall (DESIGN section 7): the share of `wanted`, which must not be empty, that stands in the snippets. */
export function recallOf(wanted: ReadonlySet<string>, snippets: readonly Pick<Snippet, 'text'>[]): number {
  const there = new Set(snippets.flatMap(({ text }) => text.match(WORD) ?? []));
  let found = 0;
  for (const name of wanted) if (there.has(name)) found++;
  return found / wanted.size;
}

const STRING = /"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'/g;
/** In Rust and C, `'` stands around one character, or before a lifetime or a digit. */
const STRING_WITH_CHARS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.[^']{0,6})'/g;

/** A line without what it quotes and without its comment; told line by line, so that a stray quote does little harm. */
function codeOf(line: string, languageId: string): string {
  const { family, lineComment } = languageOf(languageId);
  if (/^\s*(?:\*|\/\*|<!--)/.test(line)) return '';
  const bare = line.replace(family === 'rust' || family === 'c' ? STRING_WITH_CHARS : STRING, '""');
  const comment = lineComment === undefined ? -1 : bare.indexOf(lineComment);
  return comment < 0 ? bare : bare.slice(0, comment);
}
