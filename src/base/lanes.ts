/**
 * Works through `items` in batches of `size`, `abreast` of them at a time. The first failure ends it, as soon as the
 * batches under way have been given up.
 */
export async function inLanes<T>(
  items: readonly T[],
  { size, abreast }: { readonly size: number; readonly abreast: number },
  work: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const start = next;
      next += size;
      await work(items.slice(start, next));
    }
  };
  await Promise.all(Array.from({ length: abreast }, lane));
}
