type Numbers = Int32Array | Uint32Array | Float64Array;

/**
 * The same array, or a longer one in its place, so that `length` elements fit. New elements are 0. The given one, and
 * whatever else is a view of its memory, may not be used any more.
 */
export function withRoom<A extends Numbers>(array: A, length: number): A {
  if (length <= array.length) return array;
  // Half as much again keeps appending linear on average and wastes a third at most.
  return resized(array, Math.max(length, Math.ceil(array.length * 1.5)));
}

/** An array of so many elements in the place of one that is a whole buffer, and may not be used any more. */
export function resized<A extends Numbers>(array: A, length: number): A {
  const Type = array.constructor as new (from: number | ArrayBuffer) => A;
  const buffer: ArrayBuffer & { transfer?(length: number): ArrayBuffer } = array.buffer as ArrayBuffer;
  // What is moved is free at once, and not when garbage is collected. Before Node 21 it is copied.
  if (buffer.transfer && buffer.byteLength === array.byteLength)
    return new Type(buffer.transfer(length * array.BYTES_PER_ELEMENT));
  const copy = new Type(length);
  copy.set(array.subarray(0, length));
  return copy;
}
