import type { LeftOut } from '../domain/snippet.ts';
import type { PoolLine } from './pool.ts';

/** Lines that follow each other in one file, taken or left as one. */
export interface Block {
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly PoolLine[];
  /** About how long it is, in UTF-16 units. */
  readonly chars: number;
  /** Identifiers that are written next, to be expected from it when it was chosen. */
  readonly gain: number;
}

/**
 * Written lines of a block: few enough that little is shown beside the point, enough to be read. Blocks of 4 lines find
 * about 2 points more of the identifiers, but what they show is shreds.
 */
const BLOCK_LINES = 8;
/** UTF-16 units that a block costs besides its text: it may need a header with a path of its own. */
const OVERHEAD = 60;
/** A block from which fewer identifiers are to be expected costs the model more attention than it is worth. */
const LEAST_GAIN = 0.005;

/** What became of a block, for who wants to know why. */
export type Verdict = 'chosen' | LeftOut['why'];

/**
 * Chooses blocks of the pool, one after the other, by the identifiers that they add to those chosen before, per unit of
 * text. `take` says whether there was room for a block. What adds the same words again adds nothing: near-duplicates go
 * by themselves. Greedy, as for every submodular gain under a budget (Nemhauser et al., 1978), and lazy (Minoux, 1978).
 */
export function choose(
  pool: readonly PoolLine[],
  relevance: ReadonlyMap<number, number>,
  take: (block: Block) => Verdict,
): readonly { readonly block: Block; readonly verdict: Verdict }[] {
  const shown = new Set<number>();
  const decided: { readonly block: Block; readonly verdict: Verdict }[] = [];
  const queue = new BestFirst<Part>();
  for (const part of partsOf(pool, relevance)) queue.push(part, worthOf(part, shown, relevance).density);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { gain, density } = worthOf(next.item, shown, relevance);
    // Others may have shown its words meanwhile.
    if (density < next.priority && density < queue.best) {
      queue.push(next.item, density);
      continue;
    }
    const block = blockOf(next.item, gain);
    if (gain < LEAST_GAIN) {
      decided.push({ block, verdict: 'nothing new' });
      continue;
    }
    const verdict = take(block);
    decided.push({ block, verdict });
    if (verdict === 'chosen') for (const word of next.item.words) shown.add(word);
  }
  return decided;
}

interface Part {
  readonly lines: readonly PoolLine[];
  readonly words: readonly number[];
  readonly chars: number;
}

function partsOf(pool: readonly PoolLine[], relevance: ReadonlyMap<number, number>): readonly Part[] {
  const parts: Part[] = [];
  let lines: PoolLine[] = [];
  let written = 0;
  const close = () => {
    if (written > 0) parts.push(partOf(lines, relevance));
    lines = [];
    written = 0;
  };
  for (const line of pool) {
    const last = lines.at(-1);
    const follows = last?.path === line.path && last.number + 1 === line.number;
    const breaks = last?.chars === 0 && written > 1;
    // A line of brackets alone closes what stands above it.
    const closes = line.chars > 0 && line.words.length === 0;
    if (!follows || breaks || (written >= BLOCK_LINES && !closes)) close();
    // A block neither begins nor ends with blank lines.
    if (line.chars === 0 && written === 0) continue;
    lines.push(line);
    if (line.chars > 0) written++;
  }
  close();
  return parts;
}

function partOf(lines: readonly PoolLine[], relevance: ReadonlyMap<number, number>): Part {
  const words = new Set(lines.flatMap(line => line.words).filter(word => relevance.has(word)));
  const chars = lines.reduce((sum, line) => sum + line.chars, OVERHEAD);
  return { lines, words: [...words], chars };
}

function worthOf({ words, chars }: Part, shown: ReadonlySet<number>, relevance: ReadonlyMap<number, number>) {
  let gain = 0;
  for (const word of words) if (!shown.has(word)) gain += relevance.get(word)!;
  return { gain, density: gain / chars };
}

function blockOf({ lines, chars }: Part, gain: number): Block {
  const { path, number: startLine } = lines[0]!;
  const written = lines.findLast(line => line.chars > 0)!;
  return { path, startLine, endLine: written.number, lines, chars: chars - OVERHEAD, gain };
}

/** A binary heap; of equals, what was pushed first comes first. */
class BestFirst<T> {
  readonly #heap: { readonly item: T; readonly priority: number; readonly order: number }[] = [];
  #pushed = 0;

  /** Priority of the best, −∞ of nothing. */
  get best(): number {
    return this.#heap[0]?.priority ?? Number.NEGATIVE_INFINITY;
  }

  push(item: T, priority: number): void {
    const heap = this.#heap;
    heap.push({ item, priority, order: this.#pushed++ });
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  pop(): { readonly item: T; readonly priority: number } | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      let best = at;
      if (left < heap.length && this.#before(left, best)) best = left;
      if (left + 1 < heap.length && this.#before(left + 1, best)) best = left + 1;
      if (best === at) break;
      [heap[at], heap[best]] = [heap[best]!, heap[at]!];
      at = best;
    }
    return first;
  }

  #before(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one]!, this.#heap[other]!];
    return a.priority === b.priority ? a.order < b.order : a.priority > b.priority;
  }
}
