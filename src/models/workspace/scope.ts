import { CLOSER, idOf, isNewline, KEYWORD, kindOf, NAME, NEWLINE_SAME } from '../../indexing/lexer.ts';

/** A line of the open file by its tokens, end excluded, and how deep it is indented. */
export interface FileLine {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** What is known of a name from the lines that can be seen from the cursor. */
export interface Seen {
  /** As it stands there. */
  readonly token: number;
  /** How often it stands on those lines. */
  count: number;
  /** Lines of those between the cursor and the nearest that has it. */
  distance: number;
  /** Something is declared by this name. */
  declared: boolean;
  /** It stands in the head of a block that the cursor is in. */
  inHead: boolean;
  /** It is brought in from elsewhere. */
  imported: boolean;
}

/** How the lines that begin as the cursor's go on. */
export interface Votes {
  /** By id; line ends are all the same. */
  readonly tokens: Map<number, { token: number; count: number }>;
  total: number;
  /** Id of what the nearest of them goes on with, -1 if there is none. */
  nearest: number;
}

export const NO_VOTES: Votes = { tokens: new Map(), total: 0, nearest: -1 };

/** Words by which names are declared, and by which they are brought in. */
export interface Declaring {
  readonly words: ReadonlySet<number>;
  readonly imports: ReadonlySet<number>;
  /** What stands behind a name that is given a value or a type. */
  readonly behind: ReadonlySet<number>;
}

/** The words that tell, by their ids. */
export function declaringOf(vocabulary: { intern(text: string): number }): Declaring {
  const ids = (words: string) => new Set(words.split(' ').map(word => vocabulary.intern(word)));
  return { words: ids(DECLARING), imports: ids(IMPORTING), behind: ids('= := :') };
}

const DECLARING =
  'const let var val def fn func fun function class struct enum trait interface type mut static for as import module ' +
  'package namespace public private protected readonly final int string String bool boolean float double void char';
const IMPORTING = 'import from use require include using';

const MOST_SEEN_LINES = 120;
const MOST_SIBLINGS = 40;
const MOST_COUSINS = 60;

/**
 * What the indentation says of a place, in any language: a line can be seen from it unless the line lies in a block that
 * was closed before. So names that are valid here are told from those of other functions, and lines are told
 * whose neighbours the new one will be.
 */
export class Scope {
  readonly seen = new Map<number, Seen>();
  readonly #tokens: Uint32Array;
  readonly #below: Uint32Array;
  /** Of the same block, and of the same depth in other blocks; nearest first, those below behind those above. */
  readonly #siblings: FileLine[] = [];
  readonly #cousins: FileLine[] = [];
  readonly #siblingsBelow: FileLine[] = [];

  constructor(
    above: { readonly tokens: Uint32Array; readonly lines: readonly FileLine[] },
    below: { readonly tokens: Uint32Array; readonly lines: readonly FileLine[] },
    indent: number,
    declaring: Declaring,
  ) {
    this.#tokens = above.tokens;
    this.#below = below.tokens;
    this.#lookUp(above.lines, indent, declaring);
    for (const line of below.lines) {
      if (line.indent < indent || this.#siblingsBelow.length === MOST_SIBLINGS) break;
      if (line.indent === indent) this.#siblingsBelow.push(line);
    }
  }

  get siblings(): number {
    return this.#siblings.length + this.#siblingsBelow.length;
  }

  /** What the neighbours that begin with the tokens from `start` to `end` go on with. */
  siblingVotes(past: Uint32Array, start: number, end: number): Votes {
    const votes: Votes = { tokens: new Map(), total: 0, nearest: -1 };
    hear(votes, this.#tokens, this.#siblings, past, start, end);
    hear(votes, this.#below, this.#siblingsBelow, past, start, end);
    return votes;
  }

  /** The same of lines of the same depth in other blocks. */
  cousinVotes(past: Uint32Array, start: number, end: number): Votes {
    const votes: Votes = { tokens: new Map(), total: 0, nearest: -1 };
    hear(votes, this.#tokens, this.#cousins, past, start, end);
    return votes;
  }

  #lookUp(lines: readonly FileLine[], indent: number, declaring: Declaring): void {
    let limit = indent;
    let isHead = false;
    let inBrackets = false;
    let seen = 0;
    for (let i = lines.length - 1; i >= 0; i--) {
      const line = lines[i]!;
      if (line.start === line.end) continue;
      if (line.indent === indent) {
        if (limit === indent) {
          if (this.#siblings.length < MOST_SIBLINGS) this.#siblings.push(line);
        } else if (this.#cousins.length < MOST_COUSINS) this.#cousins.push(line);
      }
      if (line.indent > limit && !inBrackets) continue;
      if (line.indent <= limit) {
        isHead = line.indent < limit || inBrackets;
        limit = line.indent;
        // What stands in brackets that end here, such as parameters, belongs to the same line.
        inBrackets = !inBrackets && isHead && kindOf(this.#tokens[line.start]!) === CLOSER;
      }
      if (seen++ < MOST_SEEN_LINES) this.#see(line, seen - 1, isHead || inBrackets, declaring);
    }
  }

  #see({ start, end }: FileLine, distance: number, inHead: boolean, declaring: Declaring): void {
    const tokens = this.#tokens;
    const imports = declaring.imports.has(idOf(tokens[start]!));
    for (let at = start; at < end; at++) {
      if (kindOf(tokens[at]!) !== NAME) continue;
      const id = idOf(tokens[at]!);
      const before = at > start ? tokens[at - 1]! : 0;
      const declared =
        (at > start && kindOf(before) === KEYWORD && declaring.words.has(idOf(before))) ||
        (at + 1 < end && declaring.behind.has(idOf(tokens[at + 1]!)));
      const known = this.seen.get(id);
      if (!known)
        this.seen.set(id, { token: tokens[at]!, count: 1, distance, declared, inHead, imported: imports });
      else {
        known.count++;
        known.declared ||= declared;
        known.inHead ||= inHead;
        known.imported ||= imports;
      }
    }
  }
}

/** What lines that begin with the tokens from `start` to `end` go on with. */
export function votesOf(
  { tokens, lines }: { readonly tokens: Uint32Array; readonly lines: readonly FileLine[] },
  past: Uint32Array,
  start: number,
  end: number,
): Votes {
  const votes: Votes = { tokens: new Map(), total: 0, nearest: -1 };
  hear(votes, tokens, lines, past, start, end);
  return votes;
}

function hear(
  votes: Votes,
  tokens: Uint32Array,
  lines: readonly FileLine[],
  past: Uint32Array,
  start: number,
  end: number,
): void {
  for (const line of lines) {
    const length = end - start;
    if (line.end - line.start < length) continue;
    let same = 0;
    while (same < length && idOf(tokens[line.start + same]!) === idOf(past[start + same]!)) same++;
    if (same < length) continue;
    const at = line.start + length;
    const token = at < line.end ? tokens[at]! : NEWLINE_SAME;
    const id = isNewline(token) ? NEWLINE_SAME : idOf(token);
    const known = votes.tokens.get(id);
    if (known) known.count++;
    else votes.tokens.set(id, { token, count: 1 });
    votes.total++;
    if (votes.nearest < 0) votes.nearest = id;
  }
}
