import { NEWLINE_DEEPER, NEWLINE_SAME, NEWLINE_SHALLOWER } from '../../indexing/lexer.ts';
import { LinkedTokens } from './linkedTokens.ts';
import type { FileLine } from './scope.ts';

/** A line of the document; what it is made of is found out when somebody looks at it. */
export interface Line {
  readonly text: string;
  readonly indent: number;
  tokens: Uint32Array | undefined;
  key: number;
}

/** Lines of a document, from some line on, with the line ends between them that `lex` would have made of the text. */
export class LinkedLines {
  readonly tokens = new LinkedTokens();
  /** Number of the first line that is there. */
  #base = 0;
  /** For each line: how many tokens there are up to its end, and how deep the last line that is not blank stands. */
  readonly #ends: number[] = [];
  readonly #indents: number[] = [];

  /** Lines from the document's line `count` on have changed. */
  keepFirst(count: number): void {
    const kept = Math.max(0, count - this.#base);
    if (kept < this.#ends.length) this.#cut(kept);
  }

  /** Brings the lines up to the document's line `end`, end excluded; at most `most` are added. */
  upTo(lines: readonly Line[], end: number, most: number): void {
    if (end < this.#base || end - this.#base - this.#ends.length > most) {
      this.#cut(0);
      this.#base = Math.max(0, end - most);
    }
    this.#cut(Math.min(this.#ends.length, end - this.#base));
    const linked = this.tokens.length;
    for (let i = this.#base + this.#ends.length; i < end; i++) this.#add(lines[i]!, i);
    this.tokens.link(linked);
  }

  /** The lines that are there, blank ones aside. */
  lines(): FileLine[] {
    const lines: FileLine[] = [];
    let before = 0;
    this.#ends.forEach((end, i) => {
      // A line's end stands before the next line.
      if (end > before) lines.push({ start: before === 0 ? 0 : before + 1, end, indent: this.#indents[i]! });
      before = end;
    });
    return lines;
  }

  /** Adds the beginning of a line until the next change, and returns the place where the line begins. */
  addUnfinished(tokens: Uint32Array, indent: number, number: number): number {
    const linked = this.tokens.length;
    this.#endLine(indent, number);
    const start = this.tokens.length;
    this.tokens.append(tokens, number);
    this.tokens.link(linked);
    return start;
  }

  #add(line: Line, number: number): void {
    const blank = !line.tokens?.length;
    if (!blank) {
      this.#endLine(line.indent, number);
      this.tokens.append(line.tokens!, number);
    }
    this.#indents.push(blank ? this.#lastIndent : line.indent);
    this.#ends.push(this.tokens.length);
  }

  #endLine(indent: number, number: number): void {
    if (this.tokens.length > 0) this.tokens.append([lineEnd(this.#lastIndent, indent)], number);
  }

  get #lastIndent(): number {
    return this.#indents.at(-1) ?? 0;
  }

  #cut(count: number): void {
    this.tokens.truncate(this.#ends[count - 1] ?? 0);
    this.#ends.length = count;
    this.#indents.length = count;
  }
}

export function lineEnd(before: number, indent: number): number {
  if (indent === before) return NEWLINE_SAME;
  return indent > before ? NEWLINE_DEEPER : NEWLINE_SHALLOWER;
}

/** Columns, a tab to the next multiple of four; only ever compared. */
export function widthOf(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 9) width = (width & ~3) + 4;
    else if (unit === 32) width++;
    else break;
  }
  return width;
}
