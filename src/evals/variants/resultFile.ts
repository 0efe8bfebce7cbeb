import * as v from 'valibot';
import { messageOf } from '../../base/log.ts';
import { isApart } from '../summary.ts';
import {
  type Comparison,
  compare,
  HOLE_MEASURES,
  type HoleScores,
  LINE_MEASURES,
  type LineScores,
} from './comparison.ts';

/** Of what `wisp eval --json` prints, as it stands in `run`. Raised when saved files can no longer be compared. */
export const FORMAT = 1;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const asked = { id: v.string(), question: v.string(), cluster: v.string() };

const HoleSchema = v.object({
  ...asked,
  class: v.string(),
  offered: v.boolean(),
  exactMatch: v.boolean(),
  right: v.boolean(),
  editSimilarity: share,
  prefixMatchChars: count,
  targetChars: count,
});

const LineSchema = v.object({
  ...asked,
  chars: count,
  completed: count,
  displays: count,
  rightDisplays: count,
  keysSaved: v.pipe(v.number(), v.integer()),
});

const results = { holes: v.optional(v.array(HoleSchema)), lines: v.optional(v.array(LineSchema)) };
const RunSchema = v.object({ format: v.literal(FORMAT), wisp: v.string() });

const FileSchema = v.object({
  run: RunSchema,
  ...results,
  systems: v.optional(v.array(v.object({ name: v.string(), ...results }))),
});

type SavedHole = v.InferOutput<typeof HoleSchema>;
type SavedLine = v.InferOutput<typeof LineSchema>;

/** What one system answered in a saved run. */
export interface Saved {
  readonly name: string;
  readonly holes?: readonly SavedHole[] | undefined;
  readonly lines?: readonly SavedLine[] | undefined;
}

/**
 * What a result file holds of one system.
 * @param system which, if the file holds several.
 * @param name what the system is called in the comparison.
 * @throws one sentence about what is wrong with the file.
 */
export function readResults(text: string, name: string, system?: string): Saved {
  const file = parse(text);
  const found = file.systems ?? [];
  if (system !== undefined) {
    const wanted = found.find(one => one.name === system);
    if (wanted) return { ...wanted, name };
    throw new Error(`it holds no results of '${system}'${among(found.map(one => one.name))}.`);
  }
  if (found.length > 0) {
    const names = found.map(one => one.name);
    throw new Error(`it holds the results of several${among(names)}: put #${names[0]} behind its name.`);
  }
  if (!file.holes && !file.lines) throw new Error('it holds no results.');
  return { name, holes: file.holes, lines: file.lines };
}

function among(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function parse(text: string): v.InferOutput<typeof FileSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${messageOf(error)}).`);
  }
  const parsed = v.safeParse(FileSchema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? '';
  if (where === 'run.format' && issue.received !== 'undefined') {
    throw new Error(`it is of format ${issue.received}, and this version of Wisp reads format ${FORMAT}.`);
  }
  if (!where || where.startsWith('run')) throw new Error("it is no result of 'wisp eval --json'.");
  throw new Error(`it is damaged at ${where}: ${issue.message}.`);
}

/** Two saved runs compared at what both were asked. */
export interface SavedComparison extends Comparison {
  /** Holes that only one of the two was asked at, and holes of the same id that were not the same question. */
  readonly onlyInA: number;
  readonly onlyInB: number;
  readonly changed: number;
}

/**
 * Compares two saved runs at the holes that both have; as in a run of several variants, code alone if there is any.
 * @throws one sentence if there is nothing to compare.
 */
export function compareSaved(a: Saved, b: Saved): SavedComparison {
  if (a.holes && b.holes) {
    const { pairs, ...counts } = pair(a.holes, b.holes);
    const code = pairs.filter(([hole]) => !isApart(hole.class));
    const counted = code.length > 0 ? code : pairs;
    return { ...compare<HoleScores>(side(a, counted, 0), side(b, counted, 1), HOLE_MEASURES), ...counts };
  }
  if (a.lines && b.lines) {
    const { pairs, ...counts } = pair(a.lines, b.lines);
    return { ...compare<LineScores>(side(a, pairs, 0), side(b, pairs, 1), LINE_MEASURES), ...counts };
  }
  throw new Error('One of the two was typed and the other was not, so they measured different things.');
}

function side<R>({ name }: Saved, pairs: readonly (readonly [R, R])[], which: 0 | 1) {
  return { name, results: pairs.map(both => both[which]) };
}

function pair<R extends { readonly id: string; readonly question: string }>(
  a: readonly R[],
  b: readonly R[],
) {
  const inB = new Map(b.map(result => [result.id, result]));
  const shared = a.flatMap(one => {
    const other = inB.get(one.id);
    return other ? [[one, other] as const] : [];
  });
  if (shared.length === 0) throw new Error('The two share no hole, so there is nothing to compare.');
  const pairs = shared.filter(([one, other]) => one.question === other.question);
  if (pairs.length === 0) {
    throw new Error('The holes that the two share by name are not the same, so there is nothing to compare.');
  }
  return {
    pairs,
    onlyInA: a.length - shared.length,
    onlyInB: b.length - shared.length,
    changed: shared.length - pairs.length,
  };
}
