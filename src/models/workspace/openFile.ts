import { maskSecrets } from '../../base/secrets.ts';
import type { Position } from '../../domain/document.ts';
import {
  isNewline,
  lex,
  NEWLINE_DEEPER,
  NEWLINE_SAME,
  NEWLINE_SHALLOWER,
  withId,
} from '../../indexing/lexer.ts';
import { BOUNDARY } from '../../indexing/tokenStore.ts';

/** Names tokens by text; `indexing/vocabulary.ts` is one. */
export interface Names {
  intern(text: string): number;
}

/** The tokens of the open file around the cursor. */
export interface OpenFileView {
  /** What stands before the cursor, a boundary, then the lines below it. */
  readonly tokens: Uint32Array;
  /** Place of the boundary: the token that would come next at the cursor. */
  readonly cursor: number;
  /** One-based line of each token. */
  readonly lines: Int32Array;
  /** The unfinished word right before the cursor; it is not among `tokens`. */
  readonly partial: string;
  /** White space, or nothing, stands before the next word, so that none has to be added. */
  readonly spaced: boolean;
}

interface Line {
  readonly text: string;
  readonly indent: number;
  readonly tokens: Uint32Array;
}

/** Keeps one open document lexed: after an edit only the lines that changed are lexed again. */
export class OpenFile {
  readonly #names: Names;
  #lines: readonly Line[] = [];
  #text: string | undefined;

  constructor(names: Names) {
    this.#names = names;
  }

  update(text: string): void {
    if (text === this.#text) return;
    const fresh = text.split('\n');
    const old = this.#lines;
    let head = 0;
    const shorter = Math.min(fresh.length, old.length);
    while (head < shorter && fresh[head] === old[head]!.text) head++;
    let tail = 0;
    while (tail < shorter - head && fresh.at(-1 - tail) === old.at(-1 - tail)!.text) tail++;
    const changed = fresh.slice(head, fresh.length - tail).map(line => this.#lex(line));
    this.#lines = [...old.slice(0, head), ...changed, ...old.slice(old.length - tail)];
    this.#text = text;
  }

  view(position: Position): OpenFileView {
    const current = this.#lines[position.line]?.text ?? '';
    const before = current.slice(0, position.character);
    const partial = /[\p{L}\p{N}_$]+$/u.exec(before)?.[0] ?? '';
    const finished = before.slice(0, before.length - partial.length);
    const head = this.#lex(finished);

    const capacity = this.#lines.reduce((sum, line) => sum + line.tokens.length + 1, head.tokens.length + 2);
    const writer = new LineWriter(capacity);
    for (let i = 0; i < position.line; i++) writer.line(this.#lines[i]!, i + 1);
    if (before.trim() === '') writer.lineEnd(widthOf(before), position.line + 1);
    else writer.line(head, position.line + 1);
    const cursor = writer.boundary(position.line + 1);
    for (let i = position.line + 1; i < this.#lines.length; i++) writer.line(this.#lines[i]!, i + 1);
    return { ...writer.finish(), cursor, partial, spaced: finished === '' || /\s$/.test(finished) };
  }

  #lex(text: string): Line {
    // What it does not know it cannot suggest elsewhere.
    const { tokens, strings } = lex(maskSecrets(text));
    const ids = strings.map((word, id) => (id <= NEWLINE_SHALLOWER ? id : this.#names.intern(word)));
    const named = tokens.map(token => withId(token, ids[token & 0xff_ffff]!));
    return { text, indent: widthOf(text), tokens: named };
  }
}

/** Writes lines one after the other with the line ends between them that `lex` would have made of the whole text. */
class LineWriter {
  readonly #tokens: Uint32Array;
  readonly #lines: Int32Array;
  #length = 0;
  #lastIndent = 0;

  constructor(capacity: number) {
    this.#tokens = new Uint32Array(capacity);
    this.#lines = new Int32Array(capacity);
  }

  line(line: Line, number: number): void {
    if (line.tokens.length === 0) return;
    this.lineEnd(line.indent, number);
    for (const token of line.tokens) this.#push(token, number);
  }

  lineEnd(indent: number, number: number): void {
    const kind =
      indent > this.#lastIndent
        ? NEWLINE_DEEPER
        : indent < this.#lastIndent
          ? NEWLINE_SHALLOWER
          : NEWLINE_SAME;
    if (this.#length > 0 && !isNewline(this.#tokens[this.#length - 1]!)) this.#push(kind, number);
    this.#lastIndent = indent;
  }

  boundary(number: number): number {
    this.#push(BOUNDARY, number);
    return this.#length - 1;
  }

  finish(): { tokens: Uint32Array; lines: Int32Array } {
    return { tokens: this.#tokens.subarray(0, this.#length), lines: this.#lines.subarray(0, this.#length) };
  }

  #push(token: number, number: number): void {
    this.#tokens[this.#length] = token;
    this.#lines[this.#length] = number;
    this.#length++;
  }
}

function widthOf(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 9) width = (width & ~3) + 4;
    else if (unit === 32) width++;
    else break;
  }
  return width;
}
