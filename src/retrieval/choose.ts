import type { LeftOut } from '../domain/snippet.ts';
import type { Pool } from './pool.ts';

/** Lines that follow each other in one file, taken or left as one. */
export interface Block {
  /** Of the pool's lines, end excluded. */
  readonly from: number;
  readonly end: number;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** The place of its path in the pool's. */
  readonly file: number;
  /** About how long it is, in UTF-16 units. */
  readonly chars: number;
  /** How much was to be expected from it when it was chosen: more where more identifiers of it are written next, no count. */
  readonly gain: number;
}

/**
 * Written lines of a block: few enough that little is shown beside the point, enough to be read. Blocks of 4 lines find
 * about 2 points more of the identifiers, but what they show is shreds.
 */
const BLOCK_LINES = 8;
/** UTF-16 units that a block costs besides its text: it may need a header with a path of its own. */
const OVERHEAD = 60;
/** A block from which less is to be expected costs the model more attention than it is worth. */
const LEAST_GAIN = 0.005;

/** What became of a block, for who wants to know why. */
export type Verdict = 'chosen' | LeftOut['why'];

/**
 * Chooses blocks of the pool, one after the other, by the identifiers that they add to those chosen before, per unit of
 * text. `relevance` has how likely each of the pool's words is written next, `take` says whether there was room for a
 * block. What adds the same words again adds nothing: near-duplicates go by themselves. Greedy, as for every submodular
 * gain under a budget (Nemhauser et al., 1978), and lazy (Minoux, 1978).
 */
export function choose(
  pool: Pool,
  relevance: Float64Array,
  take: (block: Block) => Verdict,
): readonly { readonly block: Block; readonly verdict: Verdict }[] {
  const shown = new Uint8Array(relevance.length);
  const decided: { readonly block: Block; readonly verdict: Verdict }[] = [];
  const queue = new BestFirst<Part>();
  for (const part of partsOf(pool, relevance)) queue.push(part, gainOf(part, shown, relevance) / part.chars);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const part = next.item;
    const gain = gainOf(part, shown, relevance);
    const density = gain / part.chars;
    // Others may have shown its words meanwhile.
    if (density < next.priority && density < queue.best) {
      queue.push(part, density);
      continue;
    }
    const block = blockOf(part, gain, pool);
    if (gain < LEAST_GAIN) {
      decided.push({ block, verdict: 'nothing new' });
      continue;
    }
    const verdict = take(block);
    decided.push({ block, verdict });
    if (verdict === 'chosen') for (const word of part.words) shown[word] = 1;
  }
  return decided;
}

interface Part {
  /** Of the pool's lines, end excluded. */
  readonly from: number;
  readonly end: number;
  /** Those that may be written next. */
  readonly words: readonly number[];
  readonly chars: number;
}

function partsOf(pool: Pool, relevance: Float64Array): readonly Part[] {
  const { size, files, numbers, chars, starts } = pool;
  const parts: Part[] = [];
  const seen = new Int32Array(relevance.length);
  let from = 0;
  let written = 0;
  const close = (end: number) => {
    if (written > 0) parts.push(partOf(pool, { from, end }, relevance, { seen, stamp: parts.length + 1 }));
    from = end;
    written = 0;
  };
  for (let line = 0; line < size; line++) {
    const last = line - 1;
    const follows = line > from && files[last] === files[line] && numbers[last]! + 1 === numbers[line];
    const breaks = line > from && chars[last] === 0 && written > 1;
    // A line of brackets alone closes what stands above it.
    const closes = chars[line]! > 0 && starts[line] === starts[line + 1];
    if (!follows || breaks || (written >= BLOCK_LINES && !closes)) close(line);
    // A block neither begins nor ends with blank lines.
    if (chars[line] === 0 && written === 0) from = line + 1;
    else if (chars[line]! > 0) written++;
  }
  close(size);
  return parts;
}

function partOf(
  { starts, words, chars }: Pool,
  { from, end }: { readonly from: number; readonly end: number },
  relevance: Float64Array,
  { seen, stamp }: { readonly seen: Int32Array; readonly stamp: number },
): Part {
  const own: number[] = [];
  for (let i = starts[from]!; i < starts[end]!; i++) {
    const word = words[i]!;
    if (relevance[word] === 0 || seen[word] === stamp) continue;
    seen[word] = stamp;
    own.push(word);
  }
  let length = OVERHEAD;
  for (let line = from; line < end; line++) length += chars[line]!;
  return { from, end, words: own, chars: length };
}

function gainOf({ words }: Part, shown: Uint8Array, relevance: Float64Array): number {
  let gain = 0;
  for (let i = 0; i < words.length; i++) if (shown[words[i]!] === 0) gain += relevance[words[i]!]!;
  return gain;
}

function blockOf({ from, end, chars }: Part, gain: number, pool: Pool): Block {
  let last = end - 1;
  while (pool.chars[last] === 0) last--;
  const startLine = pool.numbers[from]!;
  const endLine = pool.numbers[last]!;
  return { from, end, file: pool.files[from]!, startLine, endLine, chars: chars - OVERHEAD, gain };
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
