import { KEY_LINE, maskAcross } from '../base/secretsAcross.ts';

/** Lines that the longest usual key takes, and those over which any other secret and its name may stand. */
const KEY_LINES = 130;
const SECRET_LINES = 2;

/** Lines of a file from `start` to `end`, excluded, masked in the light of those around them. */
export function maskedLines(file: readonly string[], start: number, end: number): string {
  const reach = (line: string) => (KEY_LINE.test(line) ? KEY_LINES : SECRET_LINES);
  const above = file.slice(Math.max(0, start - reach(file[start]!)), start);
  const below = file.slice(end, end + reach(file[end - 1]!));
  const lines = (part: readonly string[]) => part.map(line => `${line}\n`).join('');
  return maskAcross([lines(above), lines(file.slice(start, end)), lines(below)])[1]!.replace(/\n$/, '');
}
