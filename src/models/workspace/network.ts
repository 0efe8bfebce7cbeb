/** A feed-forward network with one hidden layer that scores candidates; see `Network`. */
export interface Weights {
  readonly candidateInputs: number;
  readonly placeInputs: number;
  readonly hidden: number;
  /** For each hidden unit, the weights of the candidate's inputs. */
  readonly candidate: Float32Array;
  /** For each hidden unit, the weights of the place's inputs. */
  readonly place: Float32Array;
  readonly output: Float32Array;
  /** From the candidate's inputs straight to the score. */
  readonly direct: Float32Array;
  /** For each hidden unit, what it gets when nothing of all that is offered is right; then its own score. */
  readonly none: Float32Array;
}

/**
 * Probabilities of candidates: the softmax over a score for each, and one for 'none of these'. A score is
 * output · max(0, W candidate + V place) + direct · candidate.
 */
export class Network {
  readonly weights: Weights;
  readonly #fromPlace: Float64Array;

  constructor(weights: Weights) {
    this.weights = weights;
    this.#fromPlace = new Float64Array(weights.hidden);
  }

  /**
   * @param rows the candidates' inputs, one row after the other.
   * @returns a probability for each row, and last for none of them.
   */
  probabilities(rows: Float32Array, count: number, place: Float32Array): Float64Array {
    const { candidateInputs, placeInputs, hidden, candidate, output, direct, none } = this.weights;
    const scores = new Float64Array(count + 1);
    const fromPlace = this.#fromPlace;
    for (let h = 0; h < hidden; h++) {
      let sum = 0;
      const at = h * placeInputs;
      for (let i = 0; i < placeInputs; i++) sum += this.weights.place[at + i]! * place[i]!;
      fromPlace[h] = sum;
    }
    for (let row = 0; row < count; row++) {
      const from = row * candidateInputs;
      let used = 0;
      let score = 0;
      for (let i = 0; i < candidateInputs; i++) {
        const value = rows[from + i]!;
        if (value === 0) continue;
        USED[used] = i;
        VALUES[used++] = value;
        score += direct[i]! * value;
      }
      for (let h = 0; h < hidden; h++) {
        let sum = fromPlace[h]!;
        const at = h * candidateInputs;
        for (let u = 0; u < used; u++) sum += candidate[at + USED[u]!]! * VALUES[u]!;
        if (sum > 0) score += output[h]! * sum;
      }
      scores[row] = score;
    }
    let score = none[hidden]!;
    for (let h = 0; h < hidden; h++) {
      const sum = fromPlace[h]! + none[h]!;
      if (sum > 0) score += output[h]! * sum;
    }
    scores[count] = score;
    return softmax(scores);
  }
}

/** Inputs of one row that are not zero; most are. Only ever read within one call. */
const USED = new Int32Array(256);
const VALUES = new Float32Array(256);

function softmax(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i]! - most);
  for (let i = 0; i < scores.length; i++) scores[i]! /= sum;
  return scores;
}

/**
 * Weights from base64 of: the three sizes as 16-bit numbers; then, for each array in the order of `Weights`, the largest
 * magnitude as a 32-bit float and the values as 16-bit shares of it. All little-endian.
 */
export function unpack(packed: string): Weights {
  const bytes = new DataView(Uint8Array.from(atob(packed), char => char.charCodeAt(0)).buffer);
  const [candidateInputs, placeInputs, hidden] = [0, 2, 4].map(at => bytes.getUint16(at, true)) as [
    number,
    number,
    number,
  ];
  let at = 6;
  const next = (length: number) => {
    const most = bytes.getFloat32(at, true);
    at += 4;
    return Float32Array.from({ length }, () => {
      at += 2;
      return (bytes.getInt16(at - 2, true) / 32767) * most;
    });
  };
  return {
    ...{ candidateInputs, placeInputs, hidden },
    candidate: next(hidden * candidateInputs),
    place: next(hidden * placeInputs),
    output: next(hidden),
    direct: next(candidateInputs),
    none: next(hidden + 1),
  };
}
