import { KEY_LINE, maskAcross } from '../base/secretsAcross.ts';
import { type Snippet, tokensIn } from '../domain/snippet.ts';
import type { Found } from './retriever.ts';

/** The text of a file of the workspace as it is now, or undefined if it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** A place with the name of who found it. */
export interface Candidate extends Found {
  readonly retriever: string;
}

/** One file has only so much to say; the fourth place in it is seldom about something new. */
const MOST_OF_A_FILE = 3;
/** Share of the smaller snippet's lines that stand in the other one: from here on it says the same again. */
const SAME = 0.8;
/** The beginning of a chunk is worth showing if it has this many lines. */
const LEAST_LINES = 4;

/**
 * Fills `budget` tokens with the candidates' texts. `candidates` come best first and are preferred in that order; the
 * snippets come best last, nearest to where a model goes on writing.
 */
export function pack(
  candidates: readonly Candidate[],
  readText: ReadText,
  budget: number,
): readonly Snippet[] {
  const packed: { snippet: Snippet; lines: ReadonlySet<string> }[] = [];
  const files = new Map<string, { readonly lines: readonly string[] | undefined; taken: number }>();
  let left = budget;
  for (const candidate of candidates) {
    let file = files.get(candidate.path);
    if (!file) {
      file = { lines: readText(candidate.path)?.split(/\r?\n/), taken: 0 };
      files.set(candidate.path, file);
    }
    if (!file.lines || file.taken === MOST_OF_A_FILE) continue;
    const snippet = cutTo(left, candidate, file.lines);
    if (!snippet) continue;
    const lines = new Set(snippet.text.split('\n').map(line => line.trim()));
    if (packed.some(other => overlaps(other.snippet, snippet) || sharedOf(other.lines, lines) >= SAME))
      continue;
    packed.push({ snippet, lines });
    file.taken++;
    left -= snippet.tokens;
  }
  return packed.map(({ snippet }) => snippet).reverse();
}

/** The candidate's text, without its last lines if need be; undefined if too little of it fits. */
function cutTo(budget: number, candidate: Candidate, file: readonly string[]): Snippet | undefined {
  const { path, startLine, retriever, score } = candidate;
  const whole = file.slice(startLine - 1, candidate.endLine);
  let text = '';
  let taken = 0;
  for (; taken < whole.length; taken++) {
    const longer = taken === 0 ? whole[0]! : `${text}\n${whole[taken]}`;
    if (tokensIn(longer) > budget) break;
    text = longer;
  }
  if (text.trim() === '' || (taken < whole.length && taken < LEAST_LINES)) return undefined;
  const endLine = startLine + taken - 1;
  const masked = maskIn(file, startLine - 1, endLine);
  return { path, startLine, endLine, retriever, score, text: masked, tokens: tokensIn(masked) };
}

/** Lines that the longest usual key takes, and those over which any other secret and its name may stand. */
const KEY_LINES = 130;
const SECRET_LINES = 2;

/** Lines of a file from `start` to `end`, excluded, masked in the light of those around them. */
function maskIn(file: readonly string[], start: number, end: number): string {
  const reach = (line: string) => (KEY_LINE.test(line) ? KEY_LINES : SECRET_LINES);
  const above = file.slice(Math.max(0, start - reach(file[start]!)), start);
  const below = file.slice(end, end + reach(file[end - 1]!));
  const lines = (part: readonly string[]) => part.map(line => `${line}\n`).join('');
  return maskAcross([lines(above), lines(file.slice(start, end)), lines(below)])[1]!.replace(/\n$/, '');
}

function overlaps(one: Snippet, other: Snippet): boolean {
  return one.path === other.path && one.startLine <= other.endLine && other.startLine <= one.endLine;
}

function sharedOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [smaller, larger] = one.size < other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const line of smaller) if (larger.has(line)) shared++;
  return smaller.size === 0 ? 0 : shared / smaller.size;
}
