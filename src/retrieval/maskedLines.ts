import { KEY_LINE, maskAcross } from '../base/secretsAcross.ts';
import type { TextLines } from './textLines.ts';

/** Lines that the longest usual key takes, and those over which any other secret and its name may stand. */
const KEY_LINES = 130;
const SECRET_LINES = 2;

/** Lines of a file from `start` to `end`, excluded, masked in the light of those around them. */
export function maskedLines(file: TextLines, start: number, end: number): string {
  const shown = file.slice(start, end);
  const reach = (line: string) => (KEY_LINE.test(line) ? KEY_LINES : SECRET_LINES);
  const above = file.slice(Math.max(0, start - reach(shown[0]!)), start);
  const below = file.slice(end, end + reach(shown.at(-1)!));
  const lines = (part: readonly string[]) => part.map(line => `${line}\n`).join('');
  return maskAcross([lines(above), lines(shown), lines(below)])[1]!.replace(/\n$/, '');
}
