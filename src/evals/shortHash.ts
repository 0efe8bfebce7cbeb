/** FNV-1a (Fowler, Noll and Vo) over UTF-16 units: 32 bits, quick for words and lines, and the same on every machine. */
export function shortHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** One hash of `count` hashes in a row, from `start` on. */
export function joinedHash(hashes: ArrayLike<number>, start: number, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + count; i++) hash = mixed(Math.imul(hash, 0x01000193) ^ hashes[i]!);
  return hash;
}

/** Spreads every bit over all others: the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** In ascending order, each once. */
export function sortedSet(hashes: Uint32Array): Uint32Array {
  const sorted = hashes.toSorted();
  let count = 0;
  for (const hash of sorted) if (count === 0 || sorted[count - 1] !== hash) sorted[count++] = hash;
  return sorted.slice(0, count);
}
