import type { Random } from '../../src/evals/random.ts';
import type { Weights } from '../../src/models/workspace/network.ts';
import type { Records } from './records.ts';

export interface FitOptions {
  readonly candidateInputs: number;
  readonly placeInputs: number;
  readonly hidden: number;
  readonly epochs: number;
  /** Steps after which the weights are changed. */
  readonly batch: number;
  readonly rate: number;
  /** Weights shrink towards 0 by this share of the rate. */
  readonly decay: number;
  readonly random: Random;
  readonly onEpoch?: (epoch: number, loss: number, weights: Weights) => void;
}

/** Minimises the mean −log P(what came next) by Adam (Kingma and Ba, 2015) with decoupled decay. */
export function fit(records: Records, options: FitOptions): Weights {
  const { candidateInputs, placeInputs, hidden, epochs, batch, random } = options;
  const sizes = [hidden * candidateInputs, hidden * placeInputs, hidden, candidateInputs, hidden + 1];
  const all = new Float32Array(sizes.reduce((a, b) => a + b));
  const gradient = new Float32Array(all.length);
  const [candidate, place, output, direct, none] = parts(all, sizes);
  const gradients = parts(gradient, sizes);
  for (let i = 0; i < sizes[0]!; i++) candidate![i] = normal(random) * 0.15;
  for (let i = 0; i < sizes[1]!; i++) place![i] = normal(random) * 0.15;
  for (let i = 0; i < hidden; i++) output![i] = normal(random) * 0.3;
  for (let i = 0; i < hidden; i++) none![i] = normal(random) * 0.3;
  const weights: Weights = {
    ...{ candidateInputs, placeInputs, hidden },
    candidate: candidate!,
    place: place!,
    output: output!,
    direct: direct!,
    none: none!,
  };
  const starts = startsOf(records);
  const order = Int32Array.from(records.counts, (_, i) => i);
  const adam = new Adam(all.length, options);
  const total = Math.ceil((order.length / batch) * epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let loss = 0;
    for (let at = 0; at < order.length; at += batch) {
      gradient.fill(0);
      const steps = order.subarray(at, at + batch);
      for (const step of steps)
        loss += backward(weights, gradients, records, step, starts[step]!, 1 / steps.length);
      adam.step(all, gradient, total);
    }
    options.onEpoch?.(epoch, loss / order.length, weights);
  }
  return weights;
}

/** Mean loss, and the share of steps whose likeliest candidate was right. */
export function lossOf(weights: Weights, records: Records): { loss: number; top1: number; unknown: number } {
  const starts = startsOf(records);
  let loss = 0;
  let right = 0;
  let unknown = 0;
  for (let step = 0; step < records.counts.length; step++) {
    loss += backward(weights, undefined, records, step, starts[step]!, 1);
    const count = records.counts[step]!;
    let best = 0;
    for (let i = 1; i < count; i++) if (P[i]! > P[best]!) best = i;
    if (count > 0 && best === records.truths[step]) right++;
    if (records.truths[step] === count) unknown++;
  }
  const n = records.counts.length;
  return { loss: loss / n, top1: right / n, unknown: unknown / n };
}

export function startsOf({ counts }: Records): Int32Array {
  const starts = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  return starts;
}

const P = new Float64Array(64);
const H = new Float64Array(64 * 128);

/** Adds the gradient of one step's loss and returns the loss. */
function backward(
  w: Weights,
  g: Float32Array[] | undefined,
  records: Records,
  step: number,
  start: number,
  scale: number,
): number {
  const { hidden, candidateInputs: C, placeInputs: Q } = w;
  const count = records.counts[step]!;
  const truth = records.truths[step]!;
  const place = records.places[step]!;
  const fromPlace = new Float64Array(hidden);
  for (let h = 0; h < hidden; h++) {
    let sum = 0;
    for (let i = 0; i < Q; i++) sum += w.place[h * Q + i]! * place[i]!;
    fromPlace[h] = sum;
  }
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row <= count; row++) {
    let score = 0;
    if (row < count) {
      const inputs = records.inputs[start + row]!;
      const values = records.values[start + row]!;
      for (let u = 0; u < inputs.length; u++) score += w.direct[inputs[u]!]! * values[u]!;
      for (let h = 0; h < hidden; h++) {
        let sum = fromPlace[h]!;
        for (let u = 0; u < inputs.length; u++) sum += w.candidate[h * C + inputs[u]!]! * values[u]!;
        H[row * hidden + h] = sum;
        if (sum > 0) score += w.output[h]! * sum;
      }
    } else {
      score = w.none[hidden]!;
      for (let h = 0; h < hidden; h++) {
        const sum = fromPlace[h]! + w.none[h]!;
        H[row * hidden + h] = sum;
        if (sum > 0) score += w.output[h]! * sum;
      }
    }
    P[row] = score;
    if (score > most) most = score;
  }
  let total = 0;
  for (let row = 0; row <= count; row++) total += P[row] = Math.exp(P[row]! - most);
  for (let row = 0; row <= count; row++) P[row]! /= total;
  const loss = -Math.log(Math.max(1e-12, P[truth]!));
  if (!g) return loss;
  const [gc, gp, go, gd, gn] = g as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const toPlace = new Float64Array(hidden);
  for (let row = 0; row <= count; row++) {
    const error = (P[row]! - (row === truth ? 1 : 0)) * scale;
    if (Math.abs(error) < 1e-7) continue;
    const inputs = row < count ? records.inputs[start + row]! : undefined;
    const values = row < count ? records.values[start + row]! : undefined;
    if (inputs) for (let u = 0; u < inputs.length; u++) gd[inputs[u]!]! += error * values![u]!;
    else gn[hidden]! += error;
    for (let h = 0; h < hidden; h++) {
      const active = H[row * hidden + h]!;
      if (active <= 0) continue;
      go[h]! += error * active;
      const back = error * w.output[h]!;
      toPlace[h]! += back;
      if (inputs) for (let u = 0; u < inputs.length; u++) gc[h * C + inputs[u]!]! += back * values![u]!;
      else gn[h]! += back;
    }
  }
  for (let h = 0; h < hidden; h++) {
    if (toPlace[h] === 0) continue;
    for (let i = 0; i < Q; i++) gp[h * Q + i]! += toPlace[h]! * place[i]!;
  }
  return loss;
}

class Adam {
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly #rate: number;
  readonly #decay: number;
  #steps = 0;

  constructor(size: number, { rate, decay }: Pick<FitOptions, 'rate' | 'decay'>) {
    this.#first = new Float32Array(size);
    this.#second = new Float32Array(size);
    this.#rate = rate;
    this.#decay = decay;
  }

  /** The rate falls along half a cosine to nothing at `total` steps. */
  step(weights: Float32Array, gradient: Float32Array, total: number): void {
    const t = ++this.#steps;
    const rate = (this.#rate * (1 + Math.cos((Math.PI * t) / total))) / 2;
    const correct1 = 1 - 0.9 ** t;
    const correct2 = 1 - 0.999 ** t;
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]!;
      this.#first[i] = 0.9 * this.#first[i]! + 0.1 * g;
      this.#second[i] = 0.999 * this.#second[i]! + 0.001 * g * g;
      const change = this.#first[i]! / correct1 / (Math.sqrt(this.#second[i]! / correct2) + 1e-8);
      weights[i]! -= rate * (change + this.#decay * weights[i]!);
    }
  }
}

function parts(all: Float32Array, sizes: readonly number[]): Float32Array[] {
  let at = 0;
  return sizes.map(size => {
    at += size;
    return all.subarray(at - size, at);
  });
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** Box and Muller's normal numbers, from whole ones. */
function normal(random: Random): number {
  const u = (1 + random.below(1 << 24)) / (1 << 24);
  const v = random.below(1 << 24) / (1 << 24);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
