/** Members of a result that hold measured times: `ms`, and all that end in `Ms`. */
const TIMES = /^ms$|Ms$/;

/** A result without what was measured by the clock, so that two runs that answered the same are the same. */
export function withoutTimings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, TIMES.test(key) ? null : withoutTimings(inner)]),
  );
}
