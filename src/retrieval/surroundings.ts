import { RECEIVER } from '../base/receiver.ts';
import { indentationOf } from '../base/text.ts';
import type { CompletionContext } from '../domain/request.ts';

/** What a request's text says about what will be written at the cursor, read once for all retrievers. */
export interface Surroundings {
  /** Words around the cursor by how near they stand, 1 on its own line, less with every line. */
  readonly near: ReadonlyMap<string, number>;
  /** Words of the lines near above the cursor, its own included, as they are at this moment. */
  readonly above: ReadonlySet<string>;
  /** The beginning of a word that the cursor stands at the end of, or ''. */
  readonly partial: string;
  /** `user` in `user.na█`. */
  readonly receiver: string | undefined;
  /** Of the lines above, the nearest that are indented less and less: the openings of the blocks around. */
  readonly enclosing: readonly string[];
}

/** Lines looked at, and the distance at which a word counts half as much as on the cursor's own line. */
const LINES_ABOVE = 25;
const LINES_BELOW = 10;
const HALF_AT = 6;
/** Weight of the words in the openings of the blocks around the cursor, however far above. */
const ENCLOSING = 0.7;
const MOST_ENCLOSING = 3;
/** A file may be one long list; its opening line is then too far away to matter. */
const FARTHEST = 500;

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

const kept = new WeakMap<CompletionContext, Surroundings>();

/** What a context says; read once, however many ask. */
export function surroundingsOf(context: CompletionContext): Surroundings {
  let surroundings = kept.get(context);
  if (!surroundings) {
    surroundings = read(context);
    kept.set(context, surroundings);
  }
  return surroundings;
}

function read({ prefix, suffix }: CompletionContext): Surroundings {
  const above = linesAbove(prefix);
  const below = suffix.split('\n', LINES_BELOW + 1);
  const near = new Map<string, number>();
  const add = (line: string, weight: number) => {
    for (const [word] of line.matchAll(WORD)) near.set(word, Math.max(near.get(word) ?? 0, weight));
  };
  for (const [distance, line] of above.slice(0, LINES_ABOVE + 1).entries()) add(line, nearness(distance));
  for (const [distance, line] of below.entries()) add(line, nearness(distance));
  const enclosing = enclosingLines(above);
  for (const line of enclosing) add(line, ENCLOSING);
  const line = above[0] ?? '';
  return {
    near,
    above: new Set(above.slice(0, LINES_ABOVE + 1).flatMap(each => each.match(WORD) ?? [])),
    partial: /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(line)?.[0] ?? '',
    receiver: RECEIVER.exec(line)?.[1],
    enclosing,
  };
}

function nearness(distance: number): number {
  return HALF_AT / (HALF_AT + distance);
}

/** The last lines of a text, the last one first. */
export function linesAbove(text: string): readonly string[] {
  const lines: string[] = [];
  for (let end = text.length; lines.length <= FARTHEST && end >= 0; ) {
    const start = end === 0 ? -1 : text.lastIndexOf('\n', end - 1);
    lines.push(text.slice(start + 1, end));
    end = start;
  }
  return lines;
}

/** Of the lines above a cursor, its own first, the nearest that are indented less and less. */
export function enclosingLines(above: readonly string[]): readonly string[] {
  const found: string[] = [];
  // On an empty line the cursor is taken to stand as deep as the line above.
  const current = above[0] || above.find(line => line.trim() !== '') || '';
  let indent = indentationOf(current).length;
  for (const line of above.slice(1)) {
    if (found.length === MOST_ENCLOSING || indent === 0) break;
    const own = indentationOf(line).length;
    // A closing bracket stands where its block began, but opens nothing.
    if (own >= indent || !/^\s*[\p{L}_$@#]/u.test(line)) continue;
    indent = own;
    found.push(line);
  }
  return found;
}
