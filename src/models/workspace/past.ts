/** The last tokens before the place to be predicted; grows as tokens are predicted. */
export class Past {
  readonly tokens: Uint32Array;
  end: number;
  /** Place of the first token of the line that is being written. */
  readonly lineStart: number;

  constructor(known: Uint32Array, lineStart: number, room: number) {
    this.tokens = new Uint32Array(known.length + room);
    this.tokens.set(known);
    this.end = known.length;
    this.lineStart = lineStart;
  }

  push(token: number): void {
    this.tokens[this.end++] = token;
  }

  /** A copy with one more token. */
  with(token: number): Past {
    const copy = new Past(this.tokens, this.lineStart, 0);
    copy.end = this.end;
    copy.push(token);
    return copy;
  }
}
