import type { Weights } from '../../src/models/workspace/network.ts';
import type { Learned } from '../../src/models/workspace/workspaceModel.ts';

/** What the shipped tables were made from. */
export interface Origin {
  readonly date: string;
  readonly seed: number;
  /** Repositories with the commit that their newest steps come from. */
  readonly repositories: readonly string[];
  readonly tokens: number;
  readonly lines: number;
  readonly prefixes: number;
}

/** The text of `src/models/workspace/learned.ts`. */
export function learnedFile(learned: Learned, origin: Origin): string {
  const { date, seed, repositories, tokens, lines, prefixes } = origin;
  const count = (number: number) => number.toLocaleString('en');
  return `import { unpack } from './network.ts';

/**
 * Made by \`npm run train\` on ${date} with seed ${seed}; do not edit.
 * From ${count(tokens)} tokens, ${count(lines)} lines and ${count(prefixes)} beginnings of drafts, of what commits added to
${repositories.map((of, i) => ` * ${of}${i === repositories.length - 1 ? '.' : ','}`).join('\n')}
 */
const TOKENS =
  '${packed(learned.tokens)}';
const LINES =
  '${packed(learned.lines)}';
const PREFIXES =
  '${packed(learned.prefixes)}';

export const LEARNED = { tokens: unpack(TOKENS), lines: unpack(LINES), prefixes: unpack(PREFIXES) };
`;
}

/** See \`unpack\` in \`network.ts\`. */
function packed(weights: Weights): string {
  const { candidateInputs, placeInputs, hidden, candidate, place, output, direct, none } = weights;
  const parts = [candidate, place, output, direct, none];
  const bytes: Buffer[] = [Buffer.from(Uint16Array.of(candidateInputs, placeInputs, hidden).buffer)];
  for (const part of parts) {
    const most = part.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-9);
    bytes.push(Buffer.from(Float32Array.of(most).buffer));
    bytes.push(Buffer.from(Int16Array.from(part, value => Math.round((value / most) * 32767)).buffer));
  }
  return Buffer.concat(bytes).toString('base64');
}
