import {
  CLOSER,
  idOf,
  isNewline,
  KEYWORD,
  kindOf,
  NAME,
  NEWLINE_DEEPER,
  NEWLINE_SAME,
  NUMBER,
  OPENER,
  QUOTE,
} from '../../indexing/lexer.ts';
import { LONGEST } from './alignment.ts';
import {
  type Candidates,
  COUNTS,
  DELETED,
  EXACT_LEVELS,
  IN_FILE,
  NEAR,
  SCOPES,
  SHAPE_AT,
  SHAPE_LEVELS,
  SHAPE_SIDES,
} from './candidates.ts';
import type { Sources } from './evidence.ts';
import type { Past } from './past.ts';
import type { Votes } from './scope.ts';

/** Numbers that describe one candidate: a share and a count for each column, and what it is. */
const WHAT_AT = 2 * COUNTS;
const WHAT = 30 + 14 + 6;
export const CANDIDATE_INPUTS = WHAT_AT + WHAT;
/** Numbers that describe the place, the same for all candidates. */
export const PLACE_INPUTS = 23 + 3 * SCOPES + 2 * SHAPE_SIDES + 4 + 3;

const MOST_OCCURRENCES = 24;

/** The ids of brackets, an opener at each even place and its closer behind it. */
export type Brackets = readonly number[];

/** What is known of the place itself. */
export interface PlaceState {
  readonly inputs: Float32Array;
  /** Tokens of the line so far. */
  readonly inLine: number;
  /** The closer of the innermost open bracket, -1 if none is open nearby; and whether it was opened on this line. */
  readonly closer: number;
  readonly openedHere: boolean;
}

export function describePlace(
  past: Past,
  { typed, above, scope, given }: Sources,
  candidates: Candidates,
  brackets: Brackets,
): PlaceState {
  const inputs = new Float32Array(PLACE_INPUTS);
  const inLine = past.end - past.lineStart;
  const opener = innermostOpener(past);
  const closer = opener < 0 ? -1 : (brackets[brackets.indexOf(idOf(past.tokens[opener]!)) + 1] ?? -1);
  const openedHere = opener >= past.lineStart;
  const last = past.end > 0 ? past.tokens[past.end - 1]! : 0;
  let exact = 0;
  let shape = 0;
  let heaviest = 0;
  let weight = 1e-6;
  for (let row = 0; row < candidates.size; row++) {
    exact = Math.max(exact, candidates.exact[row]!);
    shape = Math.max(shape, candidates.shape[row]!);
    heaviest = Math.max(heaviest, candidates.weights[row]!);
    weight += candidates.weights[row]!;
  }
  inputs[0] = 1;
  inputs[1] = Math.log1p(inLine) / 3;
  inputs[2 + (isNewline(last) ? 7 : kindOf(last))] = 1;
  inputs[10] = openedHere ? 1 : 0;
  inputs[11] = inString(past) ? 1 : 0;
  for (let scope = 0; scope < SCOPES; scope++) {
    for (let level = 0; level < 6; level += 2) {
      inputs[TOTALS_AT + scope * 3 + level / 2] =
        Math.log1p(candidates.totals[scope * EXACT_LEVELS.length + level]!) / 5;
    }
  }
  for (let side = 0; side < SHAPE_SIDES; side++) {
    for (let level = 0; level < SHAPE_LEVELS.length; level += 2) {
      const total = candidates.totals[SHAPE_AT + side * SHAPE_LEVELS.length + level]!;
      inputs[SHAPES_AT + side * 2 + level / 2] = Math.log1p(total) / 5;
    }
  }
  inputs[12] = exact / LONGEST;
  inputs[13] = shape / LONGEST;
  inputs[14] = typed ? 1 : 0;
  inputs[15] = typed ? Math.min(typed.text.length, 8) / 8 : 0;
  inputs[16] = Math.log1p(candidates.size) / 5;
  inputs[17] = heaviest / weight;
  inputs[18] = inLine === 0 ? 1 : 0;
  if (closer >= 0) inputs[19 + (brackets.indexOf(closer) >> 1)] = 1;
  inputs[22] = Math.log1p(above.length) / 10;
  inputs[SCOPE_AT] = Math.log1p(scope.siblings) / 3;
  inputs[SCOPE_AT + 1] = Math.log1p(candidates.siblings.total) / 3;
  inputs[SCOPE_AT + 2] = Math.log1p(candidates.cousins.total) / 3;
  inputs[SCOPE_AT + 3] = Math.log1p(scope.seen.size) / 5;
  inputs[SCOPE_AT + 4] = given ? 1 : 0;
  inputs[SCOPE_AT + 5] = Math.log1p(candidates.following.total) / 3;
  inputs[SCOPE_AT + 6] = Math.log1p(given?.likely.size ?? 0) / 6;
  return { inputs, inLine, closer, openedHere };
}

const TOTALS_AT = 23;
const SHAPES_AT = TOTALS_AT + 3 * SCOPES;
const SCOPE_AT = SHAPES_AT + 2 * SHAPE_SIDES;

/** Writes the numbers of one candidate to `out`, which must be zero. */
export function describeCandidate(
  candidates: Candidates,
  row: number,
  place: PlaceState,
  past: Past,
  sources: Sources,
  textLength: number,
  out: Float32Array,
): void {
  for (let column = 0; column < COUNTS; column++) {
    const count = candidates.counts[row * COUNTS + column]!;
    if (count === 0) continue;
    out[column] = count / candidates.totals[column]!;
    out[COUNTS + column] = Math.log1p(count) / 4;
  }
  const id = candidates.ids[row]!;
  const token = candidates.tokens[row]!;
  const { store, typed } = sources;
  out[WHAT_AT + whatOf(id, token)] = 1;
  const above = sources.above.occurrences(id, MOST_OCCURRENCES);
  const below = sources.below.occurrences(id, MOST_OCCURRENCES);
  out[WHAT_AT + 10] = Math.log1p(above.count) / 4;
  if (above.count > 0) out[WHAT_AT + 11] = 1 / (1 + Math.log2(sources.above.length - above.last + 2));
  out[WHAT_AT + 12] = Math.log1p(below.count) / 4;
  out[WHAT_AT + 13] = Math.log1p(store.count(id)) / 10;
  for (let at = past.lineStart; at < past.end; at++) {
    if (idOf(past.tokens[at]!) === id) out[WHAT_AT + 14] = 1;
  }
  if (id === place.closer) out[WHAT_AT + 15] = 1;
  else if (kindOf(token) === CLOSER) out[WHAT_AT + 16] = 1;
  if (isNewline(id) && place.openedHere) out[WHAT_AT + 17] = 1;
  if (typed) {
    const rest = textLength - typed.text.length;
    out[WHAT_AT + 18] = Math.log1p(rest) / 3;
    out[WHAT_AT + 19] = rest === 0 ? 1 : 0;
  }
  out[WHAT_AT + 20] = candidates.exact[row]! / LONGEST;
  out[WHAT_AT + 21] = candidates.shape[row]! / LONGEST;
  out[WHAT_AT + 22] = Math.min(candidates.sameNames[row]!, 8) / 8;
  if (candidates.exact[row]! > place.inLine) out[WHAT_AT + 23] = 1;
  if (candidates.shape[row]! > place.inLine) out[WHAT_AT + 24] = 1;
  if (past.end > 0 && idOf(past.tokens[past.end - 1]!) === id) out[WHAT_AT + 25] = 1;
  out[WHAT_AT + 26] = candidates.scopes[row] === IN_FILE ? 1 : 0;
  out[WHAT_AT + 27] = candidates.scopes[row] === NEAR ? 1 : 0;
  out[WHAT_AT + 29] = candidates.scopes[row] === DELETED ? 1 : 0;
  out[WHAT_AT + 28] = Math.log1p(textLength) / 3;
  describeSeen(id, kindOf(token) === NAME, sources, out);
  const voted = isNewline(id) ? NEWLINE_SAME : id;
  describeVotes(candidates.siblings, voted, out, WHAT_AT + 38);
  describeVotes(candidates.cousins, voted, out, WHAT_AT + 41);
  describeVotes(candidates.following, voted, out, WHAT_AT + 44);
  const likely = sources.given?.likely.get(id);
  if (likely) {
    out[WHAT_AT + 47] = 1;
    out[WHAT_AT + 48] = Math.log(likely.relevance + 1e-4) / 4 + 2;
    out[WHAT_AT + 49] = 1 / (1 + Math.log2(1 + likely.rank));
  }
}

function describeSeen(id: number, isName: boolean, { scope }: Sources, out: Float32Array): void {
  const seen = scope.seen.get(id);
  if (!seen) {
    if (isName) out[WHAT_AT + 37] = 1;
    return;
  }
  out[WHAT_AT + 30] = Math.log1p(seen.count) / 3;
  out[WHAT_AT + 31] = 1 / (1 + Math.log2(1 + seen.distance));
  out[WHAT_AT + 32] = seen.declared ? 1 : 0;
  out[WHAT_AT + 33] = seen.inHead ? 1 : 0;
  out[WHAT_AT + 34] = seen.imported ? 1 : 0;
  out[WHAT_AT + 35] = seen.declared && seen.count === 1 ? 1 : 0;
  out[WHAT_AT + 36] = seen.declared && seen.distance < 3 ? 1 : 0;
}

function describeVotes({ tokens, total, nearest }: Votes, id: number, out: Float32Array, at: number): void {
  const vote = tokens.get(id);
  if (!vote) return;
  out[at] = vote.count / total;
  out[at + 1] = Math.log1p(vote.count) / 3;
  out[at + 2] = nearest === id ? 1 : 0;
}

/** Which of ten things a token is. */
function whatOf(id: number, token: number): number {
  if (isNewline(id)) return idOf(token) === NEWLINE_SAME ? 0 : idOf(token) === NEWLINE_DEEPER ? 1 : 2;
  const kind = kindOf(token);
  if (kind === NAME) return 3;
  if (kind === KEYWORD) return 4;
  if (kind === NUMBER) return 5;
  if (kind === QUOTE) return 6;
  return kind === OPENER ? 7 : kind === CLOSER ? 8 : 9;
}

/** Place in the past of the last bracket that is still open, -1 if none is nearby. */
function innermostOpener({ tokens, end }: Past): number {
  let closed = 0;
  for (let at = end - 1; at >= 0; at--) {
    const kind = kindOf(tokens[at]!);
    if (kind === CLOSER) closed++;
    else if (kind === OPENER && closed-- === 0) return at;
  }
  return -1;
}

/** Whether a quote of the line is still open: one kind of quote does not end another. */
function inString({ tokens, end, lineStart }: Past): boolean {
  let open = -1;
  for (let at = lineStart; at < end; at++) {
    if (kindOf(tokens[at]!) !== QUOTE) continue;
    const id = idOf(tokens[at]!);
    if (open < 0) open = id;
    else if (open === id) open = -1;
  }
  return open >= 0;
}
