/** A text by its lines, which are looked for as far as they are asked for: a snippet takes a few of some thousand. */
export class TextLines {
  readonly #text: string;
  /** Where the lines begin that were come to so far, in UTF-16 units; behind the last line the text's end and one. */
  readonly #starts = [0];

  constructor(text: string) {
    this.#text = text;
  }

  /** The lines from `start` to `end`, excluded, counted from 0, without their ends; fewer where the text has fewer. */
  slice(start: number, end: number): readonly string[] {
    this.#find(end);
    const lines: string[] = [];
    for (let line = start; line < Math.min(end, this.#starts.length - 1); line++) {
      const text = this.#text.slice(this.#starts[line], this.#starts[line + 1]! - 1);
      lines.push(text.endsWith('\r') ? text.slice(0, -1) : text);
    }
    return lines;
  }

  #find(line: number): void {
    const starts = this.#starts;
    while (starts.length <= line && starts.at(-1)! <= this.#text.length) {
      const end = this.#text.indexOf('\n', starts.at(-1)!);
      starts.push((end < 0 ? this.#text.length : end) + 1);
    }
  }
}
