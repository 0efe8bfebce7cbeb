/** How many characters of white space all of these texts' lines begin with, blank lines aside. */
export function marginOf(...texts: readonly string[]): number {
  const lines = texts.flatMap(text => text.split('\n')).filter(line => line.trim() !== '');
  return lines.length === 0 ? 0 : Math.min(...lines.map(line => /^[ \t]*/.exec(line)![0].length));
}

/** A text without the margin of its lines; its first line is left alone if it begins within a line. */
export function withoutMargin(text: string, margin: number, begins: 'a line' | 'within a line'): string {
  const cut = (line: string) => line.slice(Math.min(margin, /^[ \t]*/.exec(line)![0].length));
  return text
    .split('\n')
    .map((line, i) => (i === 0 && begins === 'within a line' ? line : cut(line)))
    .join('\n');
}
