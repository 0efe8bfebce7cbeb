type Numbers = Int32Array | Uint32Array | Float64Array;

const ALIGNMENT = 8;

/**
 * The same array, or a longer one in its place, so that `length` elements fit. New elements are 0. The given one, and
 * whatever else is a view of its memory, may not be used any more.
 */
export function withRoom<A extends Numbers>(array: A, length: number): A {
  if (length <= array.length) return array;
  // Half as much again keeps appending linear on average and wastes a third at most.
  return resized(array, Math.max(length, Math.ceil(array.length * 1.5)));
}

/** An array of so many elements at least in the place of one that may not be used any more, nor other views of it. */
export function resized<A extends Numbers>(array: A, length: number): A {
  const Type = array.constructor as new (from: ArrayBuffer) => A;
  const larger = new Type(memoryFor(length * array.BYTES_PER_ELEMENT));
  larger.set(array.length > length ? array.subarray(0, length) : array);
  letGo(array.buffer as ArrayBuffer);
  return larger;
}

/** From here on memory is taken that the C library maps apart. */
const LARGE = 1 << 20;
/**
 * What is larger than 32 MB, glibc maps apart whatever was freed before (`M_MMAP_THRESHOLD`, mallopt(3)). Elsewhere nothing
 * more is asked for than is used: Windows counts what is only promised, and Electron's memory cage may fill it.
 */
const APART = process.platform === 'linux' && !process.versions.electron ? (32 << 20) + (64 << 10) : LARGE;

/**
 * So many bytes at least, all 0. Of large memory much more is asked for than is used: what is never touched takes none,
 * and all of it is given back when it is let go. The C library would keep it, in pieces between which others stand, and
 * touches what it gives out again: without this the engine held a third more than it used.
 */
export function memoryFor(bytes: number): ArrayBuffer {
  if (bytes < LARGE) return new ArrayBuffer(bytes);
  try {
    return new ArrayBuffer(Math.max(bytes, APART));
  } catch {
    // Where memory must not be promised that is not there.
    return new ArrayBuffer(bytes);
  }
}

/** Gives memory back at once, and not when garbage is collected, except before Node 21. Nobody may use it any more. */
export function letGo(memory: ArrayBuffer & { transfer?(length: number): ArrayBuffer }): void {
  memory.transfer?.(0);
}

/**
 * Keeps what is made once and stays, one piece behind the other in large memory: pieces of their own would stand between
 * what comes and goes.
 */
export class Stacked {
  #memory = new ArrayBuffer(0);
  #used = 0;

  /** A copy of an array. */
  keep<A extends Uint8Array | Uint16Array | Uint32Array>(array: A): A {
    if (this.#used + array.byteLength > this.#memory.byteLength) {
      this.#memory = memoryFor(Math.max(array.byteLength, APART));
      this.#used = 0;
    }
    const Type = array.constructor as new (memory: ArrayBuffer, at: number, length: number) => A;
    const kept = new Type(this.#memory, this.#used, array.length);
    kept.set(array);
    this.#used += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return kept;
  }
}
