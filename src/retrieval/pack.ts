import { charsIn, type LeftOut, type Snippet, tokensIn } from '../domain/snippet.ts';
import { type Block, choose } from './choose.ts';
import { maskedLines } from './maskedLines.ts';
import type { PoolLine } from './pool.ts';

/** The text of a file of the workspace as it is now, or undefined if it cannot be read. */
export type ReadText = (path: string) => string | undefined;

export interface Packed {
  /** Best last. */
  readonly snippets: readonly Snippet[];
  /** What is not shown, best first. */
  leftOut(): readonly LeftOut[];
}

/** One file has only so much to say. */
const MOST_OF_A_FILE = 6;
/** Lines between two blocks that are shown with them, as a gap would cost as much. */
const GAP = 1;
/** The beginning of a window that does not fit is worth showing if it has this many lines. */
const LEAST_LINES = 3;

interface Window {
  readonly path: string;
  startLine: number;
  endLine: number;
  gain: number;
  readonly lines: PoolLine[];
}

/**
 * Fills `budget` tokens with the lines of the pool that say most that is new and relevant. Blocks that touch are one
 * snippet; the snippets come best last, nearest to where a model goes on writing. The same input gives the same bytes.
 * Only the files of what was chosen are read: until then the length of a block is a good guess.
 */
export function pack(
  pool: readonly PoolLine[],
  relevance: ReadonlyMap<number, number>,
  linesOf: (path: string) => readonly string[],
  budget: number,
): Packed {
  const windows: Window[] = [];
  let left = charsIn(budget);
  const decided = choose(pool, relevance, block => {
    if (block.chars > left) return 'no room';
    const touched = windows.filter(window => touches(window, block));
    const ofFile = windows.filter(({ path }) => path === block.path).length;
    if (touched.length === 0 && ofFile >= MOST_OF_A_FILE) return 'too many of the file';
    left -= block.chars;
    for (const window of touched) windows.splice(windows.indexOf(window), 1);
    windows.push(joinedWindow(touched, block));
    return 'chosen';
  });
  return { snippets: written(windows, linesOf, budget), leftOut: () => leftOut(decided) };
}

/** The windows' texts, the best last; where the guess was too low, the worst are cut or left out. */
function written(
  windows: readonly Window[],
  linesOf: (path: string) => readonly string[],
  budget: number,
): readonly Snippet[] {
  const best = windows.toSorted(
    (a, b) => b.gain - a.gain || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine),
  );
  const snippets: Snippet[] = [];
  let left = budget;
  for (const window of best) {
    const snippet = snippetOf(window, linesOf(window.path), left);
    if (!snippet) continue;
    snippets.unshift(snippet);
    left -= snippet.tokens;
  }
  return snippets;
}

function touches(window: Window, { path, startLine, endLine }: Block): boolean {
  return (
    window.path === path && startLine <= window.endLine + 1 + GAP && window.startLine <= endLine + 1 + GAP
  );
}

function joinedWindow(windows: readonly Window[], { path, startLine, endLine, gain, lines }: Block): Window {
  return {
    path,
    startLine: Math.min(startLine, ...windows.map(window => window.startLine)),
    endLine: Math.max(endLine, ...windows.map(window => window.endLine)),
    gain: windows.reduce((sum, window) => sum + window.gain, gain),
    lines: [...windows.flatMap(window => window.lines), ...lines],
  };
}

/** As many of a window's lines as fit, from its first; undefined if none is there, or too few fit. */
function snippetOf(window: Window, file: readonly string[], budget: number): Snippet | undefined {
  const { path, startLine, gain, lines } = window;
  const last = Math.min(window.endLine, file.length);
  for (let endLine = last; endLine >= startLine; endLine--) {
    if (endLine < last && endLine - startLine + 1 < LEAST_LINES) break;
    if (tokensIn(file.slice(startLine - 1, endLine).join('\n')) > budget) continue;
    const text = maskedLines(file, startLine - 1, endLine);
    const tokens = tokensIn(text);
    if (tokens > budget || text.trim() === '') continue;
    return { path, startLine, endLine, retriever: namesOf(lines), score: gain, text, tokens };
  }
  return undefined;
}

/** The sources that found a line, those that found most of it first. */
function namesOf(lines: readonly PoolLine[]): string {
  const sums = new Map<string, number>();
  for (const { scores } of lines) {
    for (const [name, score] of Object.entries(scores)) sums.set(name, (sums.get(name) ?? 0) + score);
  }
  const sorted = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([name]) => name).join('+');
}

/** Blocks that follow each other and were left out for the same reason are one place. */
function leftOut(decided: ReturnType<typeof choose>): readonly LeftOut[] {
  const out = decided.flatMap(({ block, verdict: why }) => (why === 'chosen' ? [] : [{ ...block, why }]));
  out.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine));
  const places: (typeof out)[number][] = [];
  for (const place of out) {
    const last = places.at(-1);
    const follows =
      last?.path === place.path && last.why === place.why && place.startLine <= last.endLine + 1 + GAP;
    if (!last || !follows) places.push(place);
    else {
      const gain = last.gain + place.gain;
      places[places.length - 1] = {
        ...place,
        startLine: last.startLine,
        gain,
        lines: [...last.lines, ...place.lines],
      };
    }
  }
  return places
    .sort(
      (a, b) => b.gain - a.gain || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine),
    )
    .map(({ path, startLine, endLine, lines, gain, why }) => ({
      path,
      startLine,
      endLine,
      retriever: namesOf(lines),
      score: gain,
      why,
    }));
}
