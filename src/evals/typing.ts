import { codeTokens } from './codeTokens.ts';

/** What is offered at a place: the text that would stand at the cursor. */
export type Ask = (prefix: string, suffix: string) => Promise<{ readonly text: string } | undefined>;

/** A line that is typed. */
export interface TypedLine {
  /** The file above the line, and the line's indentation: the editor has put it there. */
  readonly prefix: string;
  /** The line, without its indentation and its end. */
  readonly target: string;
  /** What stands below, the line's end first. */
  readonly suffix: string;
  /** What truly comes next, the line's end first: an offer of several lines is held against it. */
  readonly following?: string;
}

/** What became of a line's characters. */
export interface Typing {
  readonly chars: number;
  /** Characters that came from accepted offers. */
  readonly completed: number;
  /** Those of them that came from offers of more than one token, which a list of words cannot give. */
  readonly multiTokenCompleted: number;
  /** Offers that the user read. The same end of line offered again as the user types on is read once. */
  readonly displays: number;
  /** Those of them that were right, all of them: each was accepted. */
  readonly rightDisplays: number;
  readonly accepts: number;
  /** Keys not pressed: the characters less those typed and one key for each accepted offer. */
  readonly keysSaved: number;
}

/** A shorter offer costs more to read than to type. */
export const LEAST_OFFER_CHARS = 3;

/**
 * Types a line with a question at every character, also within words, and plays a user who reads every offer and
 * accepts it if, and only if, all of it is right. This bounds what a real user could get from above.
 */
export async function typeLine(line: TypedLine, ask: Ask): Promise<Typing> {
  const { target } = line;
  const truth = target + (line.following ?? '');
  let completed = 0;
  let multiTokenCompleted = 0;
  let displays = 0;
  let accepts = 0;
  let shownUpTo: number | undefined;
  for (let at = 0; at < target.length; ) {
    const offer = await ask(line.prefix + target.slice(0, at), line.suffix);
    const text = offer?.text.trimEnd() ?? '';
    if (text.trim().length < LEAST_OFFER_CHARS) {
      shownUpTo = undefined;
      at++;
      continue;
    }
    if (at + text.length !== shownUpTo) displays++;
    shownUpTo = at + text.length;
    if (!truth.startsWith(text, at)) {
      at++;
      continue;
    }
    accepts++;
    // What is offered of the lines below helps there, and is counted there.
    const chars = Math.min(text.length, target.length - at);
    completed += chars;
    if (codeTokens(text).length > 1) multiTokenCompleted += chars;
    at += chars;
    shownUpTo = undefined;
  }
  const keysSaved = completed - accepts;
  return {
    ...{ chars: target.length, completed, multiTokenCompleted },
    ...{ displays, rightDisplays: accepts, accepts, keysSaved },
  };
}

/** The measures of many lines together; a share of nothing is null. */
export interface TypingSummary {
  readonly lines: number;
  readonly chars: number;
  /** Shares of all characters. */
  readonly completed: number | null;
  readonly multiTokenCompleted: number | null;
  readonly keysSaved: number | null;
  /** Share of the displayed offers. */
  readonly rightDisplays: number | null;
  readonly displaysPerLine: number | null;
  readonly acceptsPerLine: number | null;
}

export function summariseTyping(lines: readonly Typing[]): TypingSummary {
  const sum = (of: (line: Typing) => number) => lines.reduce((total, line) => total + of(line), 0);
  const per = (of: (line: Typing) => number, all: number) => (all === 0 ? null : sum(of) / all);
  const chars = sum(line => line.chars);
  const displays = sum(line => line.displays);
  return {
    lines: lines.length,
    chars,
    completed: per(line => line.completed, chars),
    multiTokenCompleted: per(line => line.multiTokenCompleted, chars),
    keysSaved: per(line => line.keysSaved, chars),
    rightDisplays: per(line => line.rightDisplays, displays),
    displaysPerLine: per(line => line.displays, lines.length),
    acceptsPerLine: per(line => line.accepts, lines.length),
  };
}
