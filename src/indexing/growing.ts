/** The same array, or a longer copy, so that `length` elements fit. New elements are 0. */
export function withRoom<A extends Int32Array | Uint32Array | Float64Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const Type = array.constructor as new (length: number) => A;
  // Half as much again keeps appending linear on average and wastes a third at most.
  const larger = new Type(Math.max(length, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
}
