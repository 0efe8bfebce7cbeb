import { indentationOf } from '../base/text.ts';
import { type Guard, type Judged, KEPT, placeOf } from './guard.ts';

/**
 * Cuts a suggestion where what was asked for ends: at the end of the line, or where the block ends that the cursor
 * stands in, told by indentation. The line that closes the block stays only if it does not stand below already.
 */
export const endsWhereItShould: Guard = {
  name: 'endsWhereItShould',
  judge(judged) {
    const text = judged.multiLine ? upToBlockEnd(judged) : judged.text.replace(/\r?\n[\s\S]*$/, '');
    if (text === judged.text) return KEPT;
    const step = judged.multiLine ? 'cut at the end of the block' : 'cut at the end of the line';
    return { kind: 'repaired', text, step };
  },
};

function upToBlockEnd(judged: Judged): string {
  const { linePrefix, after } = placeOf(judged);
  const lines = judged.text.split('\n');
  const indent = widthOf(linePrefix.trim() === '' ? linePrefix : indentationOf(linePrefix));
  // A first line that opens a block is what the suggestion is about: its end is the block's end.
  const second = lines.slice(1).find(line => line.trim() !== '');
  const opens = second !== undefined && widthOf(indentationOf(second)) > indent;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    const width = widthOf(indentationOf(line));
    if (opens ? width > indent : width >= indent) continue;
    if (opens && width === indent && continuesBlock(line)) continue;
    const closes = opens && width === indent && CLOSER.test(line) && !standsBelow(line, after);
    return lines
      .slice(0, closes ? i + 1 : i)
      .join('\n')
      .trimEnd();
  }
  return judged.text;
}

const CLOSER = /^\s*(?:[)\]}]|(?:end|fi|done|esac)\b|<\/)/;

/** `} else {`, `except …:`: closes one part of a statement and opens the next. */
function continuesBlock(line: string): boolean {
  return (
    (/^\s*[)\]}]/.test(line) && /[{([:]\s*$/.test(line)) ||
    /^\s*(?:elif|else|except|finally|elsif|rescue|ensure|when|case)\b/.test(line)
  );
}

/** Whether the next line below is the same line. */
function standsBelow(line: string, after: string): boolean {
  const [, ...below] = after.split('\n', 20);
  return below.find(other => other.trim() !== '')?.trimEnd() === line.trimEnd();
}

/** Columns, a tab to the next multiple of four; only ever compared. */
function widthOf(space: string): number {
  let width = 0;
  for (const char of space) width = char === '\t' ? (width & ~3) + 4 : width + 1;
  return width;
}
