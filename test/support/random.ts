/** Mulberry32 (Tommy Ettinger, public domain): a seeded generator of numbers from 0 to 1, good enough for tests. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed that differs each run; print it so that a failure can be run again. */
export function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
