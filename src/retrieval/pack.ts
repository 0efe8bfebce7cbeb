import { charsIn, type LeftOut, type Snippet, tokensIn } from '../domain/snippet.ts';
import { type Block, choose } from './choose.ts';
import { maskedLines } from './maskedLines.ts';
import type { Pool } from './pool.ts';
import type { TextLines } from './textLines.ts';

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

/** Blocks that are shown as one; those that were chosen first come first. */
interface Window extends Pick<Block, 'file' | 'startLine' | 'endLine' | 'gain'> {
  readonly blocks: readonly Block[];
}

/**
 * Fills `budget` tokens with the lines of the pool that say most that is new and relevant. Blocks that touch are one
 * snippet; the snippets come best last, nearest to where a model goes on writing. The same input gives the same bytes.
 * Only the files of what was chosen are read: until then the length of a block is a good guess.
 */
export function pack(
  pool: Pool,
  relevance: Float64Array,
  linesOf: (path: string) => TextLines,
  budget: number,
): Packed {
  const { windows, decided } = chosenWindows(pool, relevance, budget);
  return { snippets: written(windows, pool, linesOf, budget), leftOut: () => leftOut(decided, pool) };
}

/** What `pack` shows, before its text is read. */
export function chosenWindows(pool: Pool, relevance: Float64Array, budget: number) {
  const windows: Window[] = [];
  let left = charsIn(budget);
  const decided = choose(pool, relevance, block => {
    if (block.chars > left) return 'no room';
    const touched = windows.filter(window => touches(window, block));
    const ofFile = windows.filter(({ file }) => file === block.file).length;
    if (touched.length === 0 && ofFile >= MOST_OF_A_FILE) return 'too many of the file';
    left -= block.chars;
    for (const window of touched) windows.splice(windows.indexOf(window), 1);
    windows.push(joinedWindow(touched, block));
    return 'chosen';
  });
  return { windows, decided };
}

/** The windows' texts, the best last; where the guess was too low, the worst are cut or left out. */
function written(
  windows: readonly Window[],
  pool: Pool,
  linesOf: (path: string) => TextLines,
  budget: number,
): readonly Snippet[] {
  const best = windows.toSorted(bestFirst);
  const snippets: Snippet[] = [];
  let left = budget;
  for (const window of best) {
    const snippet = snippetOf(window, pool, linesOf(pool.paths[window.file]!), left);
    if (!snippet) continue;
    snippets.unshift(snippet);
    left -= snippet.tokens;
  }
  return snippets;
}

/** Files of a pool are in the order of their paths. */
function bestFirst(one: Window, other: Window): number {
  return other.gain - one.gain || one.file - other.file || one.startLine - other.startLine;
}

function touches(window: Window, { file, startLine, endLine }: Block): boolean {
  return (
    window.file === file && startLine <= window.endLine + 1 + GAP && window.startLine <= endLine + 1 + GAP
  );
}

function joinedWindow(windows: readonly Window[], block: Block): Window {
  return {
    file: block.file,
    startLine: Math.min(block.startLine, ...windows.map(window => window.startLine)),
    endLine: Math.max(block.endLine, ...windows.map(window => window.endLine)),
    gain: windows.reduce((sum, window) => sum + window.gain, block.gain),
    blocks: [...windows.flatMap(window => window.blocks), block],
  };
}

/** As many of a window's lines as fit, from its first; undefined if none is there, or too few fit. */
function snippetOf(window: Window, pool: Pool, file: TextLines, budget: number): Snippet | undefined {
  const { startLine, gain } = window;
  const all = file.slice(startLine - 1, window.endLine);
  const last = startLine - 1 + all.length;
  for (let endLine = last; endLine >= startLine; endLine--) {
    if (endLine < last && endLine - startLine + 1 < LEAST_LINES) break;
    if (tokensIn(all.slice(0, endLine - startLine + 1).join('\n')) > budget) continue;
    const text = maskedLines(file, startLine - 1, endLine);
    const tokens = tokensIn(text);
    if (tokens > budget || text.trim() === '') continue;
    const path = pool.paths[window.file]!;
    return { path, startLine, endLine, retriever: namesOf(window, pool), score: gain, text, tokens };
  }
  return undefined;
}

/** The sources that found a window's lines, those that found most of them first. */
function namesOf({ blocks }: Window, { sources, scores }: Pool): string {
  const width = sources.length;
  const sums = sources.map((name, source) => {
    let sum = 0;
    for (const { from, end } of blocks)
      for (let line = from; line < end; line++) sum += scores[line * width + source]!;
    return { name, sum };
  });
  const sorted = sums
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1));
  return sorted.map(({ name }) => name).join('+');
}

/** Blocks that follow each other and were left out for the same reason are one place. */
function leftOut(decided: ReturnType<typeof choose>, pool: Pool): readonly LeftOut[] {
  const out = decided.flatMap(({ block, verdict: why }) =>
    why === 'chosen' ? [] : [{ ...block, blocks: [block], why }],
  );
  out.sort((a, b) => a.file - b.file || a.startLine - b.startLine);
  const places: (Window & Pick<LeftOut, 'why'>)[] = [];
  for (const { why, ...place } of out) {
    const last = places.at(-1);
    const follows =
      last?.file === place.file && last.why === why && place.startLine <= last.endLine + 1 + GAP;
    if (!last || !follows) places.push({ ...place, why });
    else places[places.length - 1] = { ...joinedWindow([last], place), why };
  }
  return places.sort(bestFirst).map(place => {
    const { startLine, endLine, gain: score, why } = place;
    const path = pool.paths[place.file]!;
    return { path, startLine, endLine, retriever: namesOf(place, pool), score, why };
  });
}
