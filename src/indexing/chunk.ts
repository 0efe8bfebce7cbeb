import type { Declaration } from '../syntax/outline.ts';
import type { Chunk, Header } from './fileRecord.ts';
import { isNewline, linesOf } from './lexer.ts';

/**
 * Sizes in written lines, blank ones not counted. Below `LEAST` a chunk says too little to be found by, above `MOST` it
 * takes a prompt's whole budget; where nothing else decides, `AIM` is about a screenful.
 */
const LEAST = 10;
const AIM = 30;
const MOST = 60;

/** Cuts by lines lie this near to `AIM`. */
const SWAY = 15;

/**
 * Cuts a file into chunks, in order and without overlap, so that every line that is not blank lies in exactly one and
 * their token ranges tile `tokens`. With declarations, one function, type or class member is one chunk: long ones are
 * cut further, where a statement begins if `statements` has the lines of those, and name the line that opens them; tiny
 * neighbours are put together. Without, cuts fall where a reader would leave a blank line.
 */
export function chunk(
  text: string,
  tokens: Uint32Array,
  declarations?: readonly Declaration[],
  statements?: ReadonlySet<number>,
): Chunk[] {
  const rows = new Rows(text, tokens, statements);
  const whole = { start: 0, end: rows.count };
  const pieces = declarations
    ? piecesOf(declarations, { ...whole, kind: 'statements' }, rows)
    : cut({ ...whole, kind: 'lines' }, rows);
  return pieces.map(({ start, end, kind, names, header }, i) => ({
    startLine: rows.line(start),
    endLine: rows.line(end - 1),
    // Line ends above the first written line belong to somebody, too.
    startToken: i === 0 ? 0 : rows.token(start),
    endToken: i === pieces.length - 1 ? tokens.length : rows.token(end),
    kind,
    ...(names.length === 1 && { name: names[0]! }),
    ...(header !== undefined && { header: rows.header(header) }),
  }));
}

/** A stretch of rows, end excluded. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

interface Piece extends Stretch {
  /** Of the declarations that begin in it. */
  readonly names: readonly string[];
  /** The row above it that opens what it is a part of. */
  readonly header?: number;
}

const sizeOf = ({ start, end }: Stretch): number => end - start;

/** Cuts `whole` at the declarations in it. Declarations that overlap or lie outside are cut to what is left of them. */
function piecesOf(declarations: readonly Declaration[], whole: Stretch, rows: Rows): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = whole.start;
  for (const declaration of declarations.toSorted((a, b) => a.startLine - b.startLine)) {
    const start = Math.max(at, rows.firstFrom(declaration.startLine));
    const end = Math.min(whole.end, rows.firstFrom(declaration.endLine + 1));
    if (end <= start) continue;
    if (start > at) pieces.push(...cut({ ...whole, start: at, end: start }, rows));
    pieces.push(...declared(declaration, start, end, rows));
    at = end;
  }
  if (at < whole.end) pieces.push(...cut({ ...whole, start: at }, rows));
  return gathered(pieces);
}

/** One declaration, whole where it is short enough. What is cut bears its name at its first piece only. */
function declared(declaration: Declaration, start: number, end: number, rows: Rows): readonly Piece[] {
  const { kind, name, children, signatureLine } = declaration;
  const whole: Piece = { start, end, kind, names: name === undefined ? [] : [name] };
  if (sizeOf(whole) <= MOST) return [whole];
  const pieces = children.length > 0 ? piecesOf(children, whole, rows) : cut(whole, rows);
  const header = rows.firstFrom(signatureLine);
  return pieces.map((piece, i) => {
    if (i === 0) return { ...piece, kind, names: whole.names };
    return piece.header === undefined && header < piece.start ? { ...piece, header } : piece;
  });
}

/** Puts tiny pieces together with their next neighbour, the last one with the one before it. */
function gathered(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  pieces.forEach((piece, i) => {
    const last = result.at(-1);
    const isTiny = last && (sizeOf(last) < LEAST || (i === pieces.length - 1 && sizeOf(piece) < LEAST));
    if (isTiny && sizeOf(last) + sizeOf(piece) <= MOST) result[result.length - 1] = joined(last, piece);
    else result.push(piece);
  });
  return result;
}

function joined(a: Piece, b: Piece): Piece {
  const named = [a, b].filter(({ names }) => names.length > 0);
  const kinds = new Set((named.length > 0 ? named : [a, b]).map(({ kind }) => kind));
  const kind = kinds.size === 1 ? [...kinds][0]! : named.length > 0 ? 'declarations' : 'statements';
  const header = a.header === undefined ? {} : { header: a.header };
  return { start: a.start, end: b.end, kind, names: [...a.names, ...b.names], ...header };
}

/** Cuts by lines: preferably after a blank line, above a line that is indented little, at about `AIM`. */
function cut({ start, end, kind }: Stretch, rows: Rows): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  while (end - at > AIM + SWAY) {
    const aim = at + AIM;
    const cost = (row: number) => rows.costOfCut(row) + Math.abs(row - aim) / 3;
    let best = aim;
    for (let row = aim - SWAY; row <= Math.min(aim + SWAY, end - LEAST); row++) {
      if (cost(row) < cost(best)) best = row;
    }
    pieces.push({ start: at, end: best, kind, names: [] });
    at = best;
  }
  if (at < end) pieces.push({ start: at, end, kind, names: [] });
  return pieces;
}

/** The written lines of a file, counted from 0 without the blank ones. */
class Rows {
  readonly #lines: number[] = [];
  readonly #tokens: number[] = [];
  readonly #text: string;
  #texts: readonly string[] | undefined;
  readonly #statements: ReadonlySet<number> | undefined;
  readonly #end: number;

  constructor(text: string, tokens: Uint32Array, statements: ReadonlySet<number> | undefined) {
    this.#text = text;
    this.#statements = statements;
    this.#end = tokens.length;
    let line = 1;
    let atStart = true;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (isNewline(token)) {
        line += linesOf(token);
        atStart = true;
      } else if (atStart) {
        this.#lines.push(line);
        this.#tokens.push(i);
        atStart = false;
      }
    }
  }

  get count(): number {
    return this.#lines.length;
  }

  /** The line of a row, counted from 1. */
  line(row: number): number {
    return this.#lines[row]!;
  }

  /** The first token of a row. */
  token(row: number): number {
    return this.#tokens[row]!;
  }

  header(row: number): Header {
    return {
      line: this.line(row),
      startToken: this.token(row),
      endToken: this.#tokens[row + 1] ?? this.#end,
    };
  }

  /** The first row that stands on `line` or below it. */
  firstFrom(line: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle]! < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How much a cut above a row hurts, in columns of indentation. */
  costOfCut(row: number): number {
    // Few files are so long that they must be cut there.
    this.#texts ??= this.#text.split('\n');
    const text = this.#texts[this.line(row) - 1]!;
    const indentation = text.search(/\S|$/);
    const afterBlank = this.line(row) - this.line(row - 1) > 1;
    const closes = CLOSING.test(text);
    const splits = this.#statements !== undefined && !this.#statements.has(this.line(row));
    return indentation + (afterBlank ? 0 : 6) + (closes ? 20 : 0) + (splits ? 40 : 0);
  }
}

/** A line that belongs to what stands above it. */
const CLOSING = /^\s*([)\]}]|(end|else|elif|elsif|except|catch|finally)\b)/;
