import { CLOSER, idOf, isNewline, kindOf, NAME, OPENER, QUOTE } from '../../indexing/lexer.ts';
import type { Continuation } from './decoder.ts';
import { keyOf } from './lineKeys.ts';
import type { Question } from './questions.ts';

/** Numbers that describe one continuation, and the place where all of them would stand. */
export const LINE_INPUTS = 27;
export const LINE_PLACE_INPUTS = 12;

/** Describes whole lines to the network that chooses among them: row by row, then the place. */
export function describeLines(
  lines: readonly Continuation[],
  question: Question,
): { readonly inputs: Float32Array; readonly place: Float32Array } {
  const inputs = new Float32Array(lines.length * LINE_INPUTS);
  lines.forEach((line, i) => {
    const out = inputs.subarray(i * LINE_INPUTS, (i + 1) * LINE_INPUTS);
    out[0] = i === 0 ? 1 : 0;
    out[1] = Math.min(i, 8) / 8;
    out[2] = (line.logProbability - lines[0]!.logProbability) / 4;
    describeTokens(line, out);
    describeText(line, question, out);
  });
  return { inputs, place: describePlace(lines, question) };
}

function describePlace(lines: readonly Continuation[], { past, sources, view }: Question): Float32Array {
  const place = new Float32Array(LINE_PLACE_INPUTS);
  const ended = lines.filter(({ end }) => end !== undefined);
  const total = ended.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
  place[0] = 1;
  place[1] = lines.length / 8;
  place[2] = total;
  place[3] = ended[0] ? Math.exp(ended[0].logProbability) : 0;
  place[4] = Math.log1p(past.end - past.lineStart) / 3;
  place[5] = past.end === past.lineStart ? 1 : 0;
  place[6] = sources.deleted ? 1 : 0;
  place[7] = sources.typed ? 1 : 0;
  place[8] = sources.nextLine.length / 3;
  place[9] = sources.nextLine.length > 0 && kindOf(sources.nextLine[0]!) === CLOSER ? 1 : 0;
  place[10] = Math.log1p(view.above.length) / 10;
  place[11] = (ended[0]?.logProbability ?? -8) / 4;
  return place;
}

/** How sure the model was on the way. */
function describeTokens({ tokens, end, logProbability }: Continuation, out: Float32Array): void {
  const length = Math.max(1, tokens.length);
  let least = 1;
  let firmly = 0;
  let copied = 0;
  let here = 0;
  let unseen = 0;
  let exact = 0;
  let names = 0;
  tokens.forEach((token, i) => {
    least = Math.min(least, token.probability);
    if (token.exact >= 6) firmly++;
    if (i > 0 && token.place >= 0 && token.place === tokens[i - 1]!.place + 1) copied++;
    if (token.inOpenFile) here++;
    if (token.place < 0) unseen++;
    if (kindOf(token.token) === NAME) names++;
    exact += Math.min(token.exact, 24) / 24;
  });
  out[3] = logProbability / 4;
  out[4] = logProbability / length;
  out[5] = Math.log(least) / 4;
  out[6] = end ?? 0;
  out[7] = end === undefined ? 1 : 0;
  out[8] = Math.log1p(tokens.length) / 3;
  out[9] = firmly / length;
  out[10] = copied / length;
  out[11] = here / length;
  out[12] = unseen / length;
  out[13] = exact / length;
  out[14] = tokens[0]?.probability ?? 0;
  out[15] = names / length;
  out[16] = tokens.length === 1 ? 1 : 0;
}

/** What the finished line would be like where it stands. */
function describeText(
  { tokens }: Continuation,
  { past, sources, file, view }: Question,
  out: Float32Array,
): void {
  const line = new Uint32Array(past.end - past.lineStart + tokens.length);
  line.set(past.tokens.subarray(past.lineStart, past.end));
  tokens.forEach(({ token }, i) => {
    line[past.end - past.lineStart + i] = token;
  });
  const key = keyOf(line, 0, line.length);
  let open = 0;
  let quotes = 0;
  for (const token of line) {
    const kind = kindOf(token);
    if (kind === OPENER) open++;
    else if (kind === CLOSER) open--;
    else if (kind === QUOTE) quotes++;
  }
  const last = line.at(-1) ?? 0;
  out[17] = Math.max(-2, Math.min(2, open)) / 2;
  out[18] = open === 0 ? 1 : 0;
  out[19] = quotes & 1;
  out[20] = kindOf(last) === OPENER ? 1 : 0;
  out[21] = file.hasLine(key) ? 1 : 0;
  out[22] = key === keyOfLineAbove(view.above.tokens, view.lineStart) ? 1 : 0;
  out[23] = startsBelow(line, sources.nextLine) ? 1 : 0;
  out[24] = sources.deletedLines?.has(key) ? 1 : 0;
  out[25] = Math.log1p(line.length) / 4;
  out[26] = kindOf(last) === CLOSER ? 1 : 0;
}

function keyOfLineAbove(tokens: Uint32Array, lineStart: number): number | undefined {
  const end = lineStart - 1;
  if (end <= 0) return undefined;
  let start = end;
  while (start > 0 && !isNewline(tokens[start - 1]!)) start--;
  return keyOf(tokens, start, end);
}

function startsBelow(line: Uint32Array, below: Uint32Array): boolean {
  return (
    below.length > 0 && below.every((token, i) => line[i] !== undefined && idOf(line[i]!) === idOf(token))
  );
}
