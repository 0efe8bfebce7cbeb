/**
 * Makes something of `items` in batches of `size`, `abreast` of them at a time, and hands what was made to `take`, one
 * batch after the other in the order of the items: whatever the batches wait for, the same items have the same end. The
 * first failure ends it.
 */
export async function inLanes<T, R>(
  items: readonly T[],
  { size, abreast }: { readonly size: number; readonly abreast: number },
  make: (batch: readonly T[]) => Promise<R>,
  take: (made: R) => Promise<void>,
): Promise<void> {
  let next = 0;
  let taken = Promise.resolve();
  const takeInTurn = async (making: Promise<R>, before: Promise<void>) => {
    const made = await making;
    await before;
    await take(made);
  };
  const lane = async () => {
    while (next < items.length) {
      const start = next;
      next += size;
      taken = takeInTurn(make(items.slice(start, next)), taken);
      await taken;
    }
  };
  await Promise.all(Array.from({ length: abreast }, lane));
}
