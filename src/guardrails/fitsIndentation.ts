import { indentationOf } from '../base/text.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';

/**
 * Gives several lines the document's own line ending and its own kind of indentation, told by the lines nearest to the
 * cursor: in a mixed file they are what the text will stand among. White space that the cursor stands behind already is
 * not said again.
 */
export const fitsIndentation: Guard = {
  name: 'fitsIndentation',
  judge(judged) {
    const { before, after, linePrefix } = placeOf(judged);
    const text = withoutRepeatedIndentation(judged.text, linePrefix);
    const [first, ...others] = text.split(/\r?\n/);
    const near = [...linesNear(before.slice(-REACH)).reverse(), ...linesNear(after.slice(0, REACH))];
    const lines = inStyle(others, styleOf(near));
    const made = [first, ...lines].join(lineEndingNear(before, after));
    return made === judged.text
      ? KEPT
      : { kind: 'repaired', text: made, step: "gave it the document's line endings and indentation" };
  },
};

/** Characters around the cursor that tell how a document is indented. */
const REACH = 4_000;

type Style = { readonly unit: '\t' } | { readonly unit: ' '; readonly width: number } | undefined;

function withoutRepeatedIndentation(text: string, linePrefix: string): string {
  const isBlank = linePrefix !== '' && linePrefix.trim() === '';
  return isBlank && text.startsWith(linePrefix) && text.trim() !== '' ? text.slice(linePrefix.length) : text;
}

function lineEndingNear(before: string, after: string): '\n' | '\r\n' {
  const newline = before.lastIndexOf('\n');
  if (newline >= 0) return before[newline - 1] === '\r' ? '\r\n' : '\n';
  const next = after.indexOf('\n');
  return next > 0 && after[next - 1] === '\r' ? '\r\n' : '\n';
}

/** Lines that are indented, but for the middle of comments, which one space tells nothing of. */
function linesNear(text: string): string[] {
  return text.split('\n').filter(line => /^(?:\t| {2,})[^\s*]/.test(line));
}

function styleOf(near: readonly string[]): Style {
  const [nearest] = near;
  if (nearest === undefined) return undefined;
  if (nearest.startsWith('\t')) return { unit: '\t' };
  const width = Math.min(
    ...near.filter(line => line.startsWith(' ')).map(line => indentationOf(line).length),
  );
  return { unit: ' ', width };
}

/** Only what is indented in the other way throughout is changed: spaces behind tabs align, and are left alone. */
function inStyle(lines: readonly string[], style: Style): readonly string[] {
  const indented = lines.filter(line => line.trim() !== '').map(indentationOf);
  if (!style || indented.every(space => space === '')) return lines;
  const replaced = (of: (space: string) => string) =>
    lines.map(line => of(indentationOf(line)) + line.slice(indentationOf(line).length));
  if (style.unit === '\t' && indented.every(space => !space.includes('\t'))) {
    const width = Math.min(...indented.map(space => space.length).filter(length => length > 0));
    if (width < 2 || indented.some(space => space.length % width !== 0)) return lines;
    return replaced(space => '\t'.repeat(space.length / width));
  }
  if (style.unit === ' ' && indented.every(space => !space.includes(' '))) {
    return replaced(space => ' '.repeat(space.length * style.width));
  }
  return lines;
}
