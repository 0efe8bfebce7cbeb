import type { Candidates } from './candidates.ts';
import { Evidence, type Sources } from './evidence.ts';
import { type Brackets, CANDIDATE_INPUTS, describeCandidate, describePlace } from './features.ts';
import type { MadeNames } from './madeNames.ts';
import type { Network } from './network.ts';
import type { Past } from './past.ts';

/** Candidates that are judged at each step; what is lighter is hardly ever right. */
export const JUDGED = 28;

/** What may come next. Valid until the next step. */
export interface Step {
  readonly candidates: Candidates;
  /** The candidates that are judged, by their rows, heaviest first. */
  readonly rows: readonly number[];
  /** The network's inputs for those, and for the place. */
  readonly inputs: Float32Array;
  readonly place: Float32Array;
}

/** Says how likely each candidate for the next token is. */
export class Predictor {
  readonly #evidence: Evidence;
  readonly #inputs = new Float32Array(JUDGED * CANDIDATE_INPUTS);
  readonly #brackets: Brackets;
  readonly #names: MadeNames;

  constructor(brackets: Brackets, names: MadeNames) {
    this.#brackets = brackets;
    this.#names = names;
    this.#evidence = new Evidence(names);
  }

  /** Collects and describes the candidates. */
  look(past: Past, sources: Sources): Step {
    const candidates = this.#evidence.gather(past, sources);
    const { weights } = candidates;
    const rows = Array.from({ length: candidates.size }, (_, row) => row)
      .sort((a, b) => weights[b]! - weights[a]! || a - b)
      .slice(0, JUDGED);
    const place = describePlace(past, sources, candidates, this.#brackets);
    this.#inputs.fill(0);
    rows.forEach((row, i) => {
      const out = this.#inputs.subarray(i * CANDIDATE_INPUTS, (i + 1) * CANDIDATE_INPUTS);
      const length = this.#names.text(candidates.ids[row]!).length;
      describeCandidate(candidates, row, place, past, sources, length, out);
    });
    return { candidates, rows, inputs: this.#inputs, place: place.inputs };
  }

  /** A probability for each of the step's rows, and last for none of them. */
  judge({ rows, inputs, place }: Step, network: Network): Float64Array {
    return network.probabilities(inputs, rows.length, place);
  }
}

/** The brackets by their ids, for `describePlace`. */
export function bracketsOf(intern: (text: string) => number): Brackets {
  return ['(', ')', '[', ']', '{', '}'].map(intern);
}
