/** What a guard may say of a suggestion that is worth counting. */
export const JUDGEMENTS = ['refused', 'repaired', 'doubted', 'undecided'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** A judgement that somebody may want to look at. */
export interface GuardExample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly judgement: Judgement;
  /** The guard's reason or step, in words. */
  readonly reason: string;
}

/** What one guard did: how often, and the newest examples, newest first. Secrets are masked. */
export type GuardCount = Readonly<Record<Judgement, number>> & { readonly examples: readonly GuardExample[] };

/** By the guard's name, which is the name of its file. */
export type GuardCounts = Readonly<Record<string, GuardCount>>;

export const NOTHING_COUNTED: GuardCount = {
  refused: 0,
  repaired: 0,
  doubted: 0,
  undecided: 0,
  examples: [],
};

/** Examples that are kept of each guard: enough to see a pattern. */
const MOST_EXAMPLES = 3;

/** The same counts with what was counted since. */
export function addCounts(counts: GuardCounts, more: GuardCounts): GuardCounts {
  const sums: Record<string, GuardCount> = { ...counts };
  for (const [guard, added] of Object.entries(more)) {
    const count = counts[guard] ?? NOTHING_COUNTED;
    const examples = [...added.examples, ...count.examples].toSorted((a, b) => b.at - a.at);
    sums[guard] = {
      refused: count.refused + added.refused,
      repaired: count.repaired + added.repaired,
      doubted: count.doubted + added.doubted,
      undecided: count.undecided + added.undecided,
      examples: distinct(examples).slice(0, MOST_EXAMPLES),
    };
  }
  return sums;
}

/** The same place is judged with every key that is typed there; its newest judgement stands for all. */
function distinct(examples: readonly GuardExample[]): readonly GuardExample[] {
  const seen = new Set<string>();
  return examples.filter(({ path, line, judgement, reason }) => {
    const key = JSON.stringify([path, line, judgement, reason]);
    return !seen.has(key) && seen.add(key);
  });
}
