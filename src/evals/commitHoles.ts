import { indentationOf, lineEndingOf } from '../base/text.ts';
import { languageOf } from '../domain/languages.ts';
import { codeTokens } from './codeTokens.ts';
import { type Cut, cutsOf, MOST_LINE_CHARS } from './cuts.ts';
import type { Hunk } from './gitPatch.ts';
import type { Hole } from './holes.ts';
import { type Neighbourhood, neighbourhoodOf } from './leaks.ts';
import { type LineKind, lineKinds } from './lineKinds.ts';
import type { Random } from './random.ts';

/** A file of code that a commit changed, with its text before and after; '' where there was or is no file. */
export interface ChangedFile {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly renamedFrom?: string;
  /** A VS Code language id. */
  readonly language: string;
  readonly oldText: string;
  readonly newText: string;
  readonly hunks: readonly Hunk[];
}

/** A hole at a line that a commit added, as the file was when its author came to that line. */
export interface CommitHole extends Hole {
  readonly class: Cut['class'] | 'multi-line' | 'brackets' | 'import' | 'comment' | 'moved';
  readonly commit: string;
  readonly parent: string;
  /** What the author wrote next: the lines that the same stretch of the commit adds below the target. */
  readonly following: readonly string[];
  /** The line with its neighbours in the finished file. */
  readonly neighbourhood: Neighbourhood;
  /** The commit's files before this one, with the text that it gave them: what the author had already done. */
  readonly recent: readonly { readonly path: string; readonly text: string }[];
}

/** Lines of code taken of one commit and of one file: neighbours are alike, so a hundred of them say little more. */
const MOST_OF_A_COMMIT = 12;
const MOST_OF_A_FILE = 5;
/** Lines that are reported apart are there to be seen, not to be measured finely. */
const MOST_APART_OF_A_COMMIT = 3;
const MOST_APART_OF_A_FILE = 1;
/** A shorter line of code is hardly a question. */
const LEAST_LINE_CHARS = 5;
/** With less than this left of a line, nobody waits for a suggestion. */
const LEAST_LEFT_CHARS = 3;
/** Lines that are not blank, kept of what was written below a target. */
export const FOLLOWING_LINES = 10;
/** A longer block is not written in one go, nor would so much ghost text be read. */
const MOST_BLOCK_LINES = 12;

/**
 * Holes at some of the lines that a commit added, in the order of its files and lines, one at a line. The prefix is the
 * new file up to the cursor; the suffix is what of the old file still stands below the stretch that is being changed.
 * Lines are drawn with equal chance, then one of the ways in which the line can be cut.
 */
export function commitHoles(
  commit: { readonly id: string; readonly parent: string },
  files: readonly ChangedFile[],
  random: Random,
): readonly CommitHole[] {
  const removed = new Set(files.flatMap(removedLines));
  const candidates = files.map(file => candidatesIn(file, removed));
  const isApart = ({ kind }: Candidate) => kind !== 'code';
  const chosen = new Set([
    ...drawn(
      candidates.map(of => of.filter(line => !isApart(line))),
      MOST_OF_A_FILE,
      MOST_OF_A_COMMIT,
      random,
    ),
    ...drawn(
      candidates.map(of => of.filter(isApart)),
      MOST_APART_OF_A_FILE,
      MOST_APART_OF_A_COMMIT,
      random,
    ),
  ]);
  return files.flatMap((file, i) => {
    const before = files.slice(0, i + 1).flatMap(({ renamedFrom }) => renamedFrom ?? []);
    const recent = files.slice(0, i).map(({ path, newText }) => ({ path, text: newText }));
    const own = candidates[i]!.filter(candidate => chosen.has(candidate));
    return own.map(candidate => {
      const { class: kind, ...texts } = cutAt(file, candidate, random);
      return {
        id: `${commit.id.slice(0, 12)}:${file.path}:${candidate.line + 1}:${kind}`,
        path: file.path,
        language: file.language,
        class: kind,
        ...texts,
        ...(before.length > 0 && { exclude: before }),
        before: file.oldText,
        commit: commit.id,
        parent: commit.parent,
        neighbourhood: neighbourhoodOf(candidate.lines, candidate.line),
        recent,
      };
    });
  });
}

interface Candidate {
  readonly kind: Exclude<LineKind, 'blank'> | 'moved';
  /** From 0, in the new file. */
  readonly line: number;
  /** The new file's lines, without carriage returns. */
  readonly lines: readonly string[];
  readonly hunk: Hunk;
}

/** The lines, trimmed, that the commit took from a file. */
function removedLines({ oldText, hunks }: ChangedFile): readonly string[] {
  const lines = oldText.split('\n');
  return hunks
    .flatMap(({ oldStart, oldCount }) => lines.slice(oldStart, oldStart + oldCount))
    .map(line => line.trim())
    .filter(line => line !== '');
}

function candidatesIn({ newText, language, hunks }: ChangedFile, removed: ReadonlySet<string>): Candidate[] {
  const lines = newText.split(/\r?\n/);
  const kinds = lineKinds(lines, languageOf(language));
  return hunks.flatMap(hunk =>
    Array.from({ length: hunk.newCount }, (_, i) => hunk.newStart + i).flatMap(line => {
      const text = lines[line] ?? '';
      const kind = kinds[line] ?? 'blank';
      if (kind === 'blank' || !isQuestion(text, kind)) return [];
      const moved = kind === 'code' && removed.has(text.trim());
      return [{ kind: moved ? 'moved' : kind, line, lines, hunk } as const];
    }),
  );
}

function isQuestion(line: string, kind: LineKind): boolean {
  if (line.length > MOST_LINE_CHARS || cutsOf(line, kind).length === 0) return false;
  if (kind !== 'code') return true;
  return line.trim().length >= LEAST_LINE_CHARS && /\p{L}/u.test(line) && codeTokens(line).length >= 2;
}

/** At most `mostOfOne` of each list and `most` of all, every one with equal chance. */
function drawn<T>(lists: readonly (readonly T[])[], mostOfOne: number, most: number, random: Random): T[] {
  return shuffled(
    lists.flatMap(list => shuffled(list, random).slice(0, mostOfOne)),
    random,
  ).slice(0, most);
}

/** Fisher and Yates's shuffle. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

type Texts = Pick<CommitHole, 'class' | 'prefix' | 'suffix' | 'target' | 'following'>;

function cutAt(file: ChangedFile, { kind, line, lines, hunk }: Candidate, random: Random): Texts {
  const text = lines[line]!;
  const cuts = cutsOf(text, kind === 'moved' ? 'code' : kind).filter(
    ({ at, class: of }) => of === 'line-start' || text.trimEnd().length - at >= LEAST_LEFT_CHARS,
  );
  const end = kind === 'code' ? blockEnd(lines, line, hunk.newStart + hunk.newCount) : undefined;
  const classes = [...new Set(cuts.map(cut => cut.class))];
  // Few lines open a block, so every other one of them is asked about the whole of it.
  const asBlock = end !== undefined && random.below(2) === 0;
  const of = asBlock ? 'multi-line' : classes[random.below(classes.length)]!;
  // Of a block, all that its first line says may be there already.
  const places =
    of === 'multi-line'
      ? [...cuts.map(({ at }) => at), text.length]
      : cuts.filter(cut => cut.class === of).map(({ at }) => at);
  const at = places[random.below(places.length)]!;
  const lineEnding = lineEndingOf(file.newText);
  const rest = of === 'multi-line' ? lines.slice(line + 1, end) : [];
  const below = afterLines(file.oldText, hunk.oldStart + hunk.oldCount);
  const isLast = line + 1 + rest.length === lines.length;
  return {
    class: kind === 'code' ? of : kind,
    prefix: [...lines.slice(0, line), text.slice(0, at)].join(lineEnding),
    target: [text.slice(at), ...rest].join(lineEnding),
    following: lines
      .slice(line + 1 + rest.length, hunk.newStart + hunk.newCount)
      .filter(next => next.trim() !== '')
      .slice(0, FOLLOWING_LINES),
    suffix: isLast && below === '' ? '' : lineEnding + below,
  };
}

/** What of a text stands below its first `count` lines. */
function afterLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count && at >= 0; i++) at = text.indexOf('\n', at) + 1 || -1;
  return at < 0 ? '' : text.slice(at);
}

/**
 * The line, end excluded, at which the block that a line opens has ended: what is indented deeper belongs to it, and so
 * does the line that closes it. Undefined if the line opens none, or one that is too long to be asked for.
 */
function blockEnd(lines: readonly string[], first: number, limit: number): number | undefined {
  const depth = indentationOf(lines[first]!).length;
  let end = first + 1;
  for (let i = first + 1; i < limit && end - first <= MOST_BLOCK_LINES; i++) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    const indentation = indentationOf(line).length;
    const closes = indentation === depth && end > first + 1 && CLOSES.test(line);
    if (indentation <= depth && !closes) break;
    end = i + 1;
    // `} else {` closes one block of the statement and opens the next.
    if (closes && !OPENS.test(line)) break;
  }
  return end > first + 1 && end - first <= MOST_BLOCK_LINES ? end : undefined;
}

const CLOSES = /^\s*(?:[)\]}]|<\/|(?:end|fi|done|esac)\b)/;
const OPENS = /[({[]\s*$/;
