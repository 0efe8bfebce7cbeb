/** A line of the table. */
export function row(what: string, value: string): void {
  console.log(`${what.padEnd(52)} ${value}`);
}

/** Milliseconds that something takes. */
export function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Bytes in use; collected twice, because what the first round frees lets go of more. */
export function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${at(0.5).toFixed(2)} / ${at(0.95).toFixed(2)} ms (n ${times.length})`;
}
