import { maskSecrets } from '../../base/secrets.ts';
import type { Position } from '../../domain/document.ts';
import { lex, NEWLINE_DEEPER, NEWLINE_SAME, NEWLINE_SHALLOWER, withId } from '../../indexing/lexer.ts';
import { keyOf, linesMissing, linesOfTokens } from './lineKeys.ts';
import { LinkedTokens } from './linkedTokens.ts';

/** Names tokens by text; `indexing/vocabulary.ts` is one. */
export interface Names {
  intern(text: string): number;
}

/** The tokens of the open file around the cursor; valid until the file's next update or view. */
export interface OpenFileView {
  /** What stands before the cursor, from some way above on. */
  readonly above: LinkedTokens;
  /** The lines below the cursor's, some way down, as they would stand if they were a file of their own. */
  readonly below: LinkedTokens;
  /** Place in `above` of the first token on the cursor's line. */
  readonly lineStart: number;
  /** The unfinished word right before the cursor; it is not among the tokens. */
  readonly partial: string;
  /** White space, or nothing, stands before the next word, so that none has to be added. */
  readonly spaced: boolean;
  /** One-based line of a token. */
  lineOf(place: number, isBelow: boolean): number;
}

/** Lines of a former text that are not there any more. */
export interface Missing {
  /** Stretch after stretch, each behind a boundary and the line that stood before it. */
  readonly tokens: LinkedTokens;
  /** Of those lines. */
  readonly keys: ReadonlySet<number>;
}

interface Line {
  readonly text: string;
  readonly indent: number;
  readonly tokens: Uint32Array;
  readonly key: number;
}

/** Lines above and below the cursor that are looked at. */
const MOST_ABOVE = 1_500;
const MOST_BELOW = 400;

/**
 * Keeps one open document lexed and linked. After an edit only the lines that changed are lexed again, and only what
 * stands between them and the cursor is linked again.
 */
export class OpenFile {
  readonly #names: Names;
  #lines: readonly Line[] = [];
  #text: string | undefined;
  /** How many lines have a key. */
  readonly #keys = new Map<number, number>();
  readonly #above = new LinkedLines();
  #below = new LinkedTokens();
  /** Lines from the document's end that `#below` holds the first of; -1 if it is out of date. */
  #belowCount = -1;
  #former: { text: string; tokens: Uint32Array; keys: ReadonlySet<number> } | undefined;
  #missing: Missing | undefined;

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
    for (const { key } of old.slice(head, old.length - tail)) this.#countKey(key, -1);
    for (const { key } of changed) this.#countKey(key, 1);
    this.#lines = [...old.slice(0, head), ...changed, ...old.slice(old.length - tail)];
    this.#text = text;
    this.#above.keepFirst(head);
    if (this.#belowCount > tail) this.#belowCount = -1;
  }

  /** Whether a line stands in the file, by its key. */
  hasLine(key: number): boolean {
    return this.#keys.has(key);
  }

  view(position: Position): OpenFileView {
    const current = this.#lines[position.line]?.text ?? '';
    const before = current.slice(0, position.character);
    const partial = /[\p{L}\p{N}_$]+$/u.exec(before)?.[0] ?? '';
    const finished = before.slice(0, before.length - partial.length);
    this.#above.upTo(this.#lines, position.line, MOST_ABOVE);
    const head = { ...this.#lex(finished), indent: widthOf(before) };
    const lineStart = this.#above.addUnfinished(head, position.line);
    this.#linkBelow(position.line + 1);
    const above = this.#above.tokens;
    const below = this.#below;
    const total = this.#lines.length;
    return {
      ...{ above, below, lineStart, partial },
      spaced: finished === '' || /\s$/.test(finished),
      lineOf: (place, isBelow) => (isBelow ? total - below.lineAt(place) : above.lineAt(place)) + 1,
    };
  }

  /** The lines of a text that stood here once and are not there any more. */
  missingOf(former: string): Missing | undefined {
    if (former === this.#text) return undefined;
    if (this.#former?.text !== former) {
      const { tokens } = this.#lex(former);
      this.#former = { text: former, tokens, keys: new Set(linesOfTokens(tokens).map(({ key }) => key)) };
      this.#missing = undefined;
    }
    this.#missing ??= this.#findMissing(this.#former.tokens);
    return this.#missing;
  }

  #findMissing(former: Uint32Array): Missing {
    const tokens = new LinkedTokens();
    const keys = new Set<number>();
    tokens.append(linesMissing(former, new Map(this.#keys), keys), 0);
    tokens.link(0);
    return { tokens, keys };
  }

  #linkBelow(first: number): void {
    const count = Math.max(0, this.#lines.length - first);
    if (this.#belowCount === count) return;
    this.#belowCount = count;
    const lines = new LinkedTokens();
    const end = Math.min(this.#lines.length, first + MOST_BELOW);
    let lastIndent = this.#lines[first - 1]?.indent ?? 0;
    // Linked from the bottom up, so that what is nearest is found first.
    for (let i = first; i < end; i++) {
      const { tokens, indent } = this.#lines[i]!;
      if (tokens.length === 0) continue;
      if (lines.length > 0) lines.append([lineEnd(lastIndent, indent)], this.#lines.length - i);
      lines.append(tokens, this.#lines.length - i);
      lastIndent = indent;
    }
    lines.linkUpwards();
    this.#below = lines;
  }

  #countKey(key: number, change: number): void {
    const count = (this.#keys.get(key) ?? 0) + change;
    if (count > 0) this.#keys.set(key, count);
    else this.#keys.delete(key);
    if (this.#former?.keys.has(key)) this.#missing = undefined;
  }

  #lex(text: string): Line {
    // What it does not know it cannot suggest elsewhere.
    const { tokens, strings } = lex(maskSecrets(text));
    const ids = strings.map((word, id) => (id <= NEWLINE_SHALLOWER ? id : this.#names.intern(word)));
    const named = tokens.map(token => withId(token, ids[token & 0xff_ffff]!));
    return { text, indent: widthOf(text), tokens: named, key: keyOf(named, 0, named.length) };
  }
}

/** Lines of a document, from some line on, with the line ends between them that `lex` would have made of the text. */
class LinkedLines {
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

  /** Adds the beginning of a line until the next change, and returns the place where the line begins. */
  addUnfinished({ tokens, indent }: Line, number: number): number {
    const linked = this.tokens.length;
    this.#endLine(indent, number);
    const start = this.tokens.length;
    this.tokens.append(tokens, number);
    this.tokens.link(linked);
    return start;
  }

  #add(line: Line, number: number): void {
    const blank = line.tokens.length === 0;
    if (!blank) {
      this.#endLine(line.indent, number);
      this.tokens.append(line.tokens, number);
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

function lineEnd(before: number, indent: number): number {
  if (indent === before) return NEWLINE_SAME;
  return indent > before ? NEWLINE_DEEPER : NEWLINE_SHALLOWER;
}

/** Columns, a tab to the next multiple of four; only ever compared. */
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
