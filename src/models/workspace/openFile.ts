import { maskLines } from '../../base/secrets.ts';
import type { Position } from '../../domain/document.ts';
import { ID_MASK, isNewline, lex, linesOf, NEWLINE_SHALLOWER, withId } from '../../indexing/lexer.ts';
import { BOUNDARY } from '../../indexing/tokenStore.ts';
import { keyOf, linesOfTokens } from './lineKeys.ts';
import { type Line, LinkedLines, lineEnd, widthOf } from './linkedLines.ts';
import { LinkedTokens } from './linkedTokens.ts';
import type { FileLine } from './scope.ts';

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
  /** The finished lines of both, blank ones aside, from top to bottom. */
  readonly linesAbove: readonly FileLine[];
  readonly linesBelow: readonly FileLine[];
  /** Columns before the first word of the cursor's line, or before the cursor. */
  readonly indent: number;
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
  /** How many lines have a text, white space around it aside; blank ones are not counted. */
  readonly #counts = new Map<string, number>();
  /** Keys of all lines, if somebody has asked since the last edit. */
  #keys: Set<number> | undefined;
  readonly #above = new LinkedLines();
  #below = new LinkedTokens();
  #linesBelow: FileLine[] = [];
  /** Lines from the document's end that `#below` holds the first of; -1 if it is out of date. */
  #belowCount = -1;
  #former:
    | { readonly text: string; readonly lines: readonly string[]; readonly all: ReadonlySet<string> }
    | undefined;
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
    const changed = fresh.slice(head, fresh.length - tail).map(lineOf);
    for (const line of old.slice(head, old.length - tail)) this.#count(line.text.trim(), -1);
    for (const line of changed) this.#count(line.text.trim(), 1);
    this.#lines = [...old.slice(0, head), ...changed, ...old.slice(old.length - tail)];
    this.#text = text;
    this.#keys = undefined;
    this.#above.keepFirst(head);
    if (this.#belowCount > tail) this.#belowCount = -1;
  }

  /** Lexes some lines ahead, so that the first question need not; false if there are none left. */
  prepare(): boolean {
    const first = this.#lines.findIndex(({ tokens }) => !tokens);
    if (first < 0) return false;
    this.#know(first, Math.min(this.#lines.length, first + LINES_AT_ONCE));
    return true;
  }

  /** Whether a line stands in the file, by its key. */
  hasLine(key: number): boolean {
    this.#know(0, this.#lines.length);
    this.#keys ??= new Set(this.#lines.filter(({ tokens }) => tokens!.length > 0).map(line => line.key));
    return this.#keys.has(key);
  }

  view(position: Position): OpenFileView {
    const current = this.#lines[position.line]?.text ?? '';
    const before = current.slice(0, position.character);
    const partial = /[\p{L}\p{N}_$]+$/u.exec(before)?.[0] ?? '';
    const finished = before.slice(0, before.length - partial.length);
    this.#know(Math.max(0, position.line - MOST_ABOVE), position.line);
    this.#above.upTo(this.#lines, position.line, MOST_ABOVE);
    const linesAbove = this.#above.lines();
    const indent = widthOf(before);
    const lineStart = this.#above.addUnfinished(this.#lex(finished), indent, position.line);
    this.#linkBelow(position.line + 1);
    const above = this.#above.tokens;
    const below = this.#below;
    const total = this.#lines.length;
    return {
      ...{ above, below, linesAbove, linesBelow: this.#linesBelow, indent, lineStart, partial },
      spaced: finished === '' || /\s$/.test(finished),
      lineOf: (place, isBelow) => (isBelow ? total - below.lineAt(place) : above.lineAt(place)) + 1,
    };
  }

  /** The lines of a text that stood here once and are not there any more. */
  missingOf(former: string): Missing | undefined {
    if (former === this.#text) return undefined;
    if (this.#former?.text !== former) {
      const lines = former.split('\n');
      this.#former = { text: former, lines, all: new Set(lines.map(line => line.trim())) };
      this.#missing = undefined;
    }
    this.#missing ??= this.#findMissing(this.#former.lines);
    return this.#missing;
  }

  #findMissing(former: readonly string[]): Missing {
    const left = new Map(this.#counts);
    const tokens = new LinkedTokens();
    const keys = new Set<number>();
    let last: string | undefined;
    let stretch: string[] = [];
    const close = () => {
      if (stretch.length === 0) return;
      const lexed = this.#lex(`${[...(last === undefined ? [] : [last]), ...stretch].join('\n')}\n`);
      const lines = linesOfTokens(lexed);
      for (const { key } of last === undefined ? lines : lines.slice(1)) keys.add(key);
      tokens.append([BOUNDARY], 0);
      tokens.append(lexed, 0);
      stretch = [];
    };
    for (const line of former) {
      const text = line.trim();
      if (text === '') continue;
      const count = left.get(text) ?? 0;
      if (count === 0) {
        stretch.push(line);
        continue;
      }
      left.set(text, count - 1);
      close();
      last = line;
    }
    close();
    tokens.link(0);
    return { tokens, keys };
  }

  #linkBelow(first: number): void {
    const count = Math.max(0, this.#lines.length - first);
    if (this.#belowCount === count) return;
    this.#belowCount = count;
    const lines = new LinkedTokens();
    const ranges: FileLine[] = [];
    const end = Math.min(this.#lines.length, first + MOST_BELOW);
    this.#know(first, end);
    let lastIndent = this.#lines[first - 1]?.indent ?? 0;
    // Linked from the bottom up, so that what is nearest is found first.
    for (let i = first; i < end; i++) {
      const { tokens, indent } = this.#lines[i]!;
      if (!tokens?.length) continue;
      if (lines.length > 0) lines.append([lineEnd(lastIndent, indent)], this.#lines.length - i);
      lines.append(tokens, this.#lines.length - i);
      ranges.push({ start: lines.length - tokens.length, end: lines.length, indent });
      lastIndent = indent;
    }
    lines.linkUpwards();
    this.#below = lines;
    this.#linesBelow = ranges;
  }

  #count(text: string, change: number): void {
    if (text === '') return;
    const count = (this.#counts.get(text) ?? 0) + change;
    if (count > 0) this.#counts.set(text, count);
    else this.#counts.delete(text);
    if (this.#former?.all.has(text)) this.#missing = undefined;
  }

  /** Lexes the lines from `first` to `end`, end excluded, that have not been; many at once is several times as fast. */
  #know(first: number, end: number): void {
    for (let start = first; start < end; start++) {
      if (this.#lines[start]!.tokens) continue;
      let stop = start + 1;
      while (stop < end && !this.#lines[stop]!.tokens) stop++;
      this.#lexLines(start, stop);
      start = stop;
    }
  }

  #lexLines(first: number, end: number): void {
    const lines = this.#lines.slice(first, end);
    const tokens = this.#lex(lines.map(({ text }) => text).join('\n'));
    for (const line of lines) line.tokens = NOTHING;
    for (let start = 0, at = 0; start < tokens.length; ) {
      let stop = start;
      while (stop < tokens.length && !isNewline(tokens[stop]!)) stop++;
      lines[at]!.tokens = tokens.subarray(start, stop);
      lines[at]!.key = keyOf(tokens, start, stop);
      if (stop < tokens.length) at += linesOf(tokens[stop]!);
      start = stop + 1;
    }
  }

  #lex(text: string): Uint32Array {
    // What it does not know it cannot suggest elsewhere.
    const { tokens, strings } = lex(maskLines(text));
    const ids = strings.map((word, id) => (id <= NEWLINE_SHALLOWER ? id : this.#names.intern(word)));
    return tokens.map(token => withId(token, ids[token & ID_MASK]!));
  }
}

const NOTHING = new Uint32Array(0);
/** Lines lexed in one go ahead of a question: a millisecond or two. */
const LINES_AT_ONCE = 250;

const lineOf = (text: string): Line => ({ text, indent: widthOf(text), tokens: undefined, key: 0 });
