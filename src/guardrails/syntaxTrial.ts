import { indentationOf } from '../base/text.ts';
import { type Fault, faultsIn } from '../syntax/faults.ts';
import { isViable } from '../syntax/viable.ts';
import { type Balance, balanceOf } from './brackets.ts';
import { BEFORE_NAME, BREAKS_WELL, endsWell, OPENS_TEXT, withoutComment } from './lineEnds.ts';
import { closersOf, openingsIn } from './openings.ts';
import { OutOfTime, type Scene } from './scene.ts';
import { withoutDoubled } from './syntaxRepairs.ts';

interface Before {
  readonly faults: readonly Fault[];
  /** The length of the line that is not there then. */
  readonly line: number;
}

/** Decorators, attributes and annotations want something to stand before. */
const DECORATOR = /^\s*(?:@|#?\[)[\s\S]*[\w)\]]\s*$/;
const DECORATED = ['def x(): pass', 'fn x() {}', 'void x() {}', 'class X {}', 'x() {}'];

/** A statement, an item, and the heads of a block: lines that most languages can have where one was taken away. */
const SIMPLE_LINES = ['x', 'x;', 'x,', '{', 'if x:', 'if x'];

/** Tries texts at the suggestion's place. */
export class SyntaxTrial {
  readonly #scene: Scene;
  #string: string | undefined;
  #head: Balance | undefined;
  #lineWasSound: boolean | undefined;
  #broken: boolean | undefined;
  #soundAsItStands: boolean | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /**
   * Whether the document is no worse with the text than without the line; or whether the text is the beginning of
   * something that can be right, and leaves nothing open that its writer should have closed.
   * @throws OutOfTime
   */
  fits(text: string): boolean {
    if (this.isWhole(text)) return true;
    if (!this.#mayStayOpen(text) || !this.#canGoOn(text)) return false;
    return !withoutDoubled(text).some(({ text: other }) => this.isWhole(other));
  }

  /** The same of a text that was mended: of several lines, nothing has to follow. */
  isMended(text: string): boolean {
    if (!text.includes('\n'))
      return endsWell(text, this.#scene.language) ? this.fits(text) : this.isWhole(text);
    return this.isWhole(text) || (this.#isWholeInside(text) && this.#canGoOn(text));
  }

  /**
   * Whether everything that is wrong with the text in the document was wrong in the same place without it, or, in a broken
   * document, whether less is wrong and nothing that meets the text.
   * @throws OutOfTime
   */
  isWhole(text: string): boolean {
    const { ground, linePrefix } = this.#scene;
    const faults = this.#faultsWith(text);
    const before = this.#before(text);
    const known = new Set(before.faults.map(placeOf));
    const from = ground.gap.head.length + linePrefix.length;
    const to = from + text.length;
    const shift = before.line + text.length;
    const reachedOver = before.faults.length > 0 && this.#isBalanced(text) ? this.#reachedOver(before) : [];
    const meets = ({ start, end }: Fault) => start <= to && end >= from && !reachedOver.includes(start);
    const isNew = (fault: Fault) =>
      meets(fault) ||
      !(reachedOver.includes(fault.start) || known.has(placeOf(movedBack(fault, from, shift))));
    if (faults.some(faults.length < before.faults.length ? meets : isNew)) return false;
    return faults.length === 0 || !(this.#closesMore(text) || this.#isBetterClosed(text, faults.length));
  }

  /** Where that begins which is wrong above the line without the text, and over it: so it is with it. */
  #reachedOver(before: Before): readonly number[] {
    const lineStart = this.#scene.ground.gap.head.length;
    return before.faults.flatMap(({ start, end }) => (start < lineStart && end > lineStart ? start : []));
  }

  /** One line that closes what it opens and no more. */
  #isBalanced(text: string): boolean {
    if (text.includes('\n') || this.#closesTooMuch(text)) return false;
    const { missing, unended } = this.#balanceOnLine(text);
    return missing + unended === '';
  }

  /** What is wrong without the line; for several lines nothing if the line as it stands puts that right. */
  #before(text: string): Before {
    const { ground, linePrefix, lineRest } = this.#scene;
    const line = linePrefix + lineRest;
    if (ground.faults.length > 0 && text.includes('\n') && line.trim() !== '' && this.#isSoundAsItStands()) {
      return { faults: [], line: 0 };
    }
    return { faults: ground.faults, line: line.length };
  }

  #isSoundAsItStands(): boolean {
    this.#soundAsItStands ??= this.#faultsWith('').length === 0;
    return this.#soundAsItStands;
  }

  #faultsWith(text: string): readonly Fault[] {
    const { ground, linePrefix, lineRest, parse } = this.#scene;
    return this.#done(ground.readWith(linePrefix + text + lineRest, parse, faultsIn));
  }

  /** Whether several lines close more than they open, but for what they begin with. */
  #closesMore(text: string): boolean {
    const { linePrefix, language } = this.#scene;
    const code = linePrefix + text;
    const begins = /^[\s)\]}]*/.exec(code)![0].replace(/\s/g, '').length;
    return text.includes('\n') && balanceOf(code, language).surplus.length > begins;
  }

  /** Whether several lines in a broken document opened what they should have closed: with it closed less is wrong. */
  #isBetterClosed(text: string, faults: number): boolean {
    const { linePrefix, language } = this.#scene;
    if (!text.includes('\n')) return false;
    const code = linePrefix + text;
    const own = openingsIn(code, language).filter(({ at }) => at >= linePrefix.length);
    return [own.slice(-1), own].some(
      open => open.length > 0 && this.#faultsWith(text + closersOf(open, code)).length < faults,
    );
  }

  /** What the brackets and quotes alone say: code that is open at the end has to look as if it went on. */
  #mayStayOpen(text: string): boolean {
    const { linePrefix, language, ground, goesOn } = this.#scene;
    if (text.includes('\n') && !goesOn) return this.#isWholeInside(text) || this.#isHead(text);
    if (this.#isProse(text)) return true;
    const { missing, surplus, unended } = this.#balanceOnLine(text);
    const endsLikeCode = /[)\]};,]\s*$/.test(text);
    // What closes more than the line opened is an end, not a beginning: whether that end was missing can be told.
    if (endsLikeCode && surplus.length > this.#balanceOnLine('').surplus.length && !this.#isBroken())
      return false;
    // A string that ends like code has lost its quote.
    if (unended.length === 1 && endsLikeCode) return false;
    // And a statement does not end between brackets, but for the head of a loop.
    if (/;\s*$/.test(text) && /^[)\]]/.test(missing) && !/\bfor\b/.test(linePrefix + text)) return false;
    if (goesOn) return true;
    if (unended === '"' || unended === "'") return false;
    // Text of several lines begins at the line's end.
    if (unended === '`') return /`\s*$/.test(text);
    const code = withoutComment(text, language);
    if (language.lineBreaks && ground.faults.length === 0) return language.lineBreaks.test(code);
    if (missing === '') return true;
    // A colon opens a block, and that between brackets only behind them.
    const early =
      language.indented && /:\s*$/.test(code) && /^[)\]]/.test(missing) && !/\blambda\b/.test(code);
    return BREAKS_WELL.test(code) && !early;
  }

  /**
   * Several lines are a whole, if not in the document as it stands, so in one whose blocks are closed after them: one that
   * is broken whatever stands in the line, as it is while its writer has not yet come to the end of a block.
   */
  #isWholeInside(text: string): boolean {
    const { linePrefix, language } = this.#scene;
    const code = linePrefix + text;
    if (openingsIn(code, language).length > 0 || balanceOf(code, language).unended.length === 1) return false;
    if (this.#closesMore(text)) return false;
    const next = `\n${indentationOf(linePrefix)}`;
    if (DECORATOR.test(code) && DECORATED.some(line => this.#faultsClosed(code + next + line) === 0))
      return true;
    if (!this.#isBroken()) return false;
    const faults = this.#faultsClosed(code);
    const simple = SIMPLE_LINES.map(line => indentationOf(linePrefix) + line);
    const others = [...simple, `${linePrefix}x`];
    return faults === 0 || others.every(line => this.#faultsClosed(line) >= faults);
  }

  /** A head that takes several lines may wait for its block, a quote that is the last of them for its text. */
  #isHead(text: string): boolean {
    if (OPENS_TEXT.test(text)) return this.#balanceWith(text).unended !== '';
    return /(?:\)|=>)\s*$/.test(text) && this.isWhole(`${text} {}`);
  }

  /** How much is wrong with the document if it ends behind the line, with all closed that is open there. */
  #faultsClosed(line: string): number {
    const { ground, language, parse } = this.#scene;
    const code = ground.gap.head + line;
    const closers = balanceOf(code, language).unended + closersOf(openingsIn(code, language), code);
    return this.#done(ground.readUpTo(line + closers, parse, faultsIn)).length;
  }

  /** Whether the document is wrong whatever stands in the line. */
  #isBroken(): boolean {
    const { ground, linePrefix, parse } = this.#scene;
    const sound = (line: string) => this.#done(ground.readWith(line, parse, faultsIn)).length === 0;
    const indentation = indentationOf(linePrefix);
    this.#broken ??=
      ground.faults.length > 0 &&
      !this.#isSoundAsItStands() &&
      !SIMPLE_LINES.some(line => sound(indentation + line));
    return this.#broken;
  }

  /** Within a comment or a string of several lines brackets and quotes are letters. */
  #isProse(text: string): boolean {
    this.#head ??= this.#balanceWith('');
    const { unended } = this.#head;
    const within =
      unended.length > 1 ||
      (unended === '`' && !text.includes('${')) ||
      (unended !== '' && unended === this.#stringAbove());
    // Half of what would end it was meant to.
    if (unended.length > 2 && text.endsWith(unended.slice(1))) return false;
    return within && this.#balanceWith(text).unended === unended;
  }

  /** Whether the text, and what follows it on the line, can be the beginning of something valid. */
  #canGoOn(text: string): boolean {
    const { lineRest, language, goesOn } = this.#scene;
    if (lineRest.trim() === '') {
      const { unended, missing } = this.#balanceWith(text);
      // A backslash before the line break takes it away.
      const begun = text.replace(/\\\s*$/, '');
      if (this.#closesTooMuch(text) || !this.#isViable(begun + unended)) return false;
      // Between brackets a line break says nothing.
      return goesOn || !language.indented || unended + missing !== '' || this.#endsLine(text);
    }
    const opened = balanceOf(text, language);
    const closed = opened.unended + opened.missing + lineRest;
    // A draft that goes on has more to come before what follows: a name, to begin with.
    const endings = [lineRest, closed, ...(goesOn ? [`x${lineRest}`, `x${closed}`] : [])];
    return endings.some(ending => !this.#closesTooMuch(text + ending) && this.#isViable(text + ending));
  }

  /** A token may turn out wrong only by what follows it, so the whole line has to be right, unless it was not before. */
  #isViable(text: string): boolean {
    const { linePrefix, ground } = this.#scene;
    const lineStart = ground.gap.head.length;
    if (this.#viable(linePrefix + text, lineStart)) return true;
    this.#lineWasSound ??= this.#viable(linePrefix, lineStart);
    return !this.#lineWasSound && this.#viable(linePrefix + text, lineStart + linePrefix.length);
  }

  /** Where line breaks end statements: whether the next line could begin, be it one of a block or one that was promised. */
  #endsLine(text: string): boolean {
    const { linePrefix, ground } = this.#scene;
    const indentation = `\n${indentationOf(linePrefix)}`;
    const from = ground.gap.head.length + linePrefix.length;
    return ['x', ' x', 'def x'].some(next => this.#viable(linePrefix + text + indentation + next, from));
  }

  #viable(line: string, from: number): boolean {
    const { ground, parse, lookaheads } = this.#scene;
    const start = ground.gap.head.length;
    const isBegun = (begun: string) => {
      const end = start + begun.trimEnd().length;
      return this.#done(ground.readUpTo(begun, parse, root => isViable(root, from, end, lookaheads)));
    };
    // The tables of a grammar let a token pass that only some other beginning could go on with: the next one tells.
    return isBegun(line) && (!BEFORE_NAME.test(line) || isBegun(`${line}x`));
  }

  /** A grammar's tables do not count brackets. */
  #closesTooMuch(text: string): boolean {
    this.#head ??= this.#balanceWith('');
    return this.#head.unended === '' && this.#balanceWith(text).surplus.length > this.#head.surplus.length;
  }

  #balanceOnLine(text: string): Balance {
    const { linePrefix, language } = this.#scene;
    return balanceOf(this.#stringAbove() + linePrefix + text, language);
  }

  /** The quotes of a string that began above the line and goes on in it. */
  #stringAbove(): string {
    const { ground, language } = this.#scene;
    if (this.#string === undefined) {
      const { unended } = balanceOf(ground.gap.head, language);
      this.#string = /^(["'`])\1*$/.test(unended) ? unended : '';
    }
    return this.#string;
  }

  #balanceWith(text: string): Balance {
    const { ground, linePrefix, language } = this.#scene;
    return balanceOf(ground.gap.head + linePrefix + text, language);
  }

  #done<T>(read: T | undefined): T {
    if (read === undefined) throw new OutOfTime();
    return read;
  }
}

function placeOf({ kind, start, end }: Fault): string {
  return `${kind} ${start} ${end}`;
}

/** Where a fault behind the line stands without the line. */
function movedBack(fault: Fault, from: number, length: number): Fault {
  return fault.start < from ? fault : { ...fault, start: fault.start - length, end: fault.end - length };
}
