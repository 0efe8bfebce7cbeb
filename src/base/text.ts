/** Slices of this length are compared at once, which is many times faster than unit by unit. */
const BLOCK = 1_024;

/** Length of the longest common prefix, in UTF-16 units. */
export function commonPrefixLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length + BLOCK <= limit && a.slice(length, length + BLOCK) === b.slice(length, length + BLOCK)) {
    length += BLOCK;
  }
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** Length of the longest common suffix that leaves the first `kept` units of both alone. */
export function commonSuffixLength(a: string, b: string, kept = 0): number {
  const limit = Math.min(a.length, b.length) - kept;
  let length = 0;
  const block = (text: string) => text.slice(text.length - length - BLOCK, text.length - length);
  while (length + BLOCK <= limit && block(a) === block(b)) length += BLOCK;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length++;
  return length;
}

/** The white space that a line begins with. */
export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** The document's own line ending: CRLF if its first line ends so, else LF. */
export function lineEndingOf(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** The last `count` characters, beginning at a line start where one can be kept. */
export function tailAtLineStart(text: string, count: number): string {
  if (text.length <= count) return text;
  const tail = text.slice(-count);
  const newline = tail.indexOf('\n');
  return newline >= 0 ? tail.slice(newline + 1) : tail;
}

/** The first `count` characters, ending at a line end where one can be kept. */
export function headAtLineEnd(text: string, count: number): string {
  if (text.length <= count) return text;
  const head = text.slice(0, count);
  const newline = head.lastIndexOf('\n');
  return newline > 0 ? head.slice(0, newline + 1) : head;
}

/** What stands before the cursor on its own line. */
export function linePrefixOf(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** What stands after the cursor on its own line, without the line ending. */
export function lineSuffixOf(suffix: string): string {
  const newline = suffix.indexOf('\n');
  const line = newline < 0 ? suffix : suffix.slice(0, newline);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
