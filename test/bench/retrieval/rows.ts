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

/** Bytes in use of V8's heap; collected twice, because what the first round frees lets go of more. */
export function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The same with arrays, whether they are touched or not. */
export function memory(): number {
  const used = heapUsed();
  return used + process.memoryUsage().arrayBuffers;
}

export function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${at(0.5).toFixed(2)} / ${at(0.95).toFixed(2)} ms (n ${times.length})`;
}
