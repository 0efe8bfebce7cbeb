import type { Stretch } from './assignedSecrets.ts';
import { MASK, secretsIn } from './secrets.ts';
import { linePrefixOf, lineSuffixOf } from './text.ts';

/**
 * Masks consecutive parts of one text, such as what stands before and after a cursor. A secret that a boundary cuts in
 * two is recognisable in neither half, so they are looked at together; each part that holds a piece of it gets a mask.
 */
export function maskAcross(parts: readonly string[]): string[] {
  return masked(parts, secretsIn(parts.join('')));
}

/**
 * The same for a text with what was put into it: a secret may come to be by that, and one that it parts is one still.
 */
export function maskInserted(before: string, text: string, after: string): [string, string, string] {
  const at = before.length;
  const parted = secretsIn(before + after).flatMap(({ start, end }) => [
    { start, end: Math.min(end, at) },
    { start: Math.max(start, at) + text.length, end: end + text.length },
  ]);
  const parts = [before, text, after];
  return masked(parts, [...secretsIn(parts.join('')), ...parted]) as [string, string, string];
}

/** Stretches may overlap, and be empty or less. */
function masked(parts: readonly string[], secrets: readonly Stretch[]): string[] {
  const stretches = secrets.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start);
  let from = 0;
  return parts.map(part => {
    const to = from + part.length;
    let masked = '';
    let done = from;
    for (const { start, end } of stretches) {
      if (end <= done || start >= to) continue;
      if (start < done && done > from) {
        done = Math.min(end, to);
        continue;
      }
      masked += part.slice(done - from, Math.max(start, from) - from) + MASK;
      done = Math.min(end, to);
    }
    masked += part.slice(done - from);
    from = to;
    return masked;
  });
}

/**
 * The last `before` characters of `prefix` and the first `after` of `suffix`, masked. A secret that begins or ends
 * beyond what is shown, such as a private key of many lines, is recognised by what stands there.
 */
export function maskAround(
  prefix: string,
  suffix: string,
  before: number,
  after: number,
): readonly [prefix: string, suffix: string] {
  const from = prefix.length - before;
  const [, head, tail] = maskAcross([
    prefix.slice(Math.max(0, from - MARGIN), from),
    prefix.slice(from),
    suffix.slice(0, after),
    suffix.slice(after, after + MARGIN),
  ]);
  return [head!, tail!];
}

/** The characters of `text` from `start` to `end`, excluded, masked in the light of what stands around them. */
export function maskStretch(text: string, start: number, end: number): string {
  const around = [text.slice(Math.max(0, start - MARGIN), start), text.slice(start, end)];
  return maskAcross([...around, text.slice(end, end + MARGIN)])[1]!;
}

/** Whether a credential begins before the end of `prefix` and ends behind the beginning of `suffix`. */
export function isInsideSecret(prefix: string, suffix: string): boolean {
  const line = linePrefixOf(prefix) + lineSuffixOf(suffix);
  const reach = KEY_LINE.test(line) ? MARGIN : NEAR;
  const before = prefix.slice(-reach);
  const cursor = before.length;
  return secretsIn(before + suffix.slice(0, reach)).some(({ start, end }) => start < cursor && cursor < end);
}

/** A line of a private key, perhaps in quotes: only there a secret begins many lines above. */
export const KEY_LINE = /^[\s"']*[A-Za-z0-9+/=]{32,100}[\s"'+,\\nr]*$/;

/** Any other secret, and the name before it. In UTF-16 units. */
const NEAR = 600;

/** In UTF-16 units: an RSA key of 8,192 bits takes 6,500. */
export const MARGIN = 8_000;
