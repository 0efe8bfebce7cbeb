import { languageOfPath } from '../domain/languages.ts';
import { SHAPE_KINDS, type Shape } from '../syntax/shapes.ts';
import { holdsCode, MOST_LINE_CHARS } from './cuts.ts';
import type { Hole } from './holes.ts';
import type { Masking } from './maskedHoles.ts';
import type { Random } from './random.ts';

/** The shapes of a text in a grammar's language; `syntax/shapes.ts` finds them. */
export type FindShapes = (grammar: string, text: string) => Promise<readonly Shape[]>;

interface Place extends Shape {
  readonly path: string;
}

/** Less than this is no question. */
const LEAST_CHARS = 3;

/**
 * Holes cut into files as they are now, by what stands there: a call, a condition, an assigned or a returned value, a
 * list of arguments, within one line and with nothing but punctuation behind it. Kinds take turns and places of a kind
 * are drawn with equal chance, each once, so that the first of the holes are a fair sample too.
 * @param read gives a file's text; undefined where it cannot be read.
 */
export async function syntaxHoles(
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
  find: FindShapes,
  { count, random, language }: Masking,
): Promise<readonly Hole[]> {
  const places: Place[] = [];
  for (const path of paths.filter(path => holdsCode(path, language))) {
    const { grammar } = languageOfPath(path)!;
    const text = grammar === undefined ? undefined : await read(path);
    if (text === undefined) continue;
    const shapes = await find(grammar!, text);
    places.push(...shapes.filter(shape => isQuestion(text, shape)).map(shape => ({ path, ...shape })));
  }
  const holes: Hole[] = [];
  for (const { path, kind, start, end } of inTurns(places, random).slice(0, count)) {
    const text = await read(path);
    if (text !== undefined) holes.push(holeAt(path, text, kind, start, end));
  }
  return holes;
}

function isQuestion(text: string, { start, end }: Shape): boolean {
  const target = text.slice(start, end);
  if (target.length < LEAST_CHARS || /[\r\n]/.test(target) || !/[\p{L}\p{N}]/u.test(target)) return false;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const behind = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  return end - lineStart + behind.length <= MOST_LINE_CHARS && !/[\p{L}\p{N}]/u.test(behind);
}

/** One of each kind, then another of each, as long as there are any. */
function inTurns(places: readonly Place[], random: Random): readonly Place[] {
  const left = SHAPE_KINDS.map(kind => places.filter(place => place.kind === kind));
  const drawn: Place[] = [];
  while (left.some(of => of.length > 0)) {
    for (const of of left) {
      if (of.length === 0) continue;
      const at = random.below(of.length);
      drawn.push(of[at]!);
      of[at] = of.at(-1)!;
      of.pop();
    }
  }
  return drawn;
}

function holeAt(path: string, text: string, kind: string, start: number, end: number): Hole {
  const prefix = text.slice(0, start);
  const line = prefix.split('\n').length;
  const column = start - prefix.lastIndexOf('\n');
  return {
    id: `${path}:${line}:${column}:${kind}`,
    path,
    prefix,
    target: text.slice(start, end),
    suffix: text.slice(end),
    language: languageOfPath(path)!.id,
    class: kind,
  };
}
