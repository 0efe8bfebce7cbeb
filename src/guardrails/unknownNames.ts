import { type Language, languageOf } from '../domain/languages.ts';
import { isBuiltIn } from './builtIns.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';
import { type Imports, importsIn, type KnownPlaces } from './imports.ts';
import { nameUses } from './nameUses.ts';

/** What is known of the names of the workspace. */
export interface KnownNames extends KnownPlaces {
  /** The workspace has been read; before that nobody can say that something is not there. */
  readonly ready: boolean;
  /** Whether a name stands in the code of the workspace, as far as it is indexed. */
  has(name: string): boolean;
  /** Whether the typings of a module, as a file sees it, have a name; undefined if that cannot be told now. */
  typed(module: string, name: string, path: string): boolean | undefined;
}

/**
 * How much of its confidence a suggestion keeps for each unknown name, for two at most: a judgement, not a fit. On git
 * replay one true line in a hundred has one, and with an invented name 61 to 98 of a hundred do, fewest where most is
 * called of packages without typings (`test/bench/names.ts`).
 */
const FACTOR = 0.5;
const MOST_COUNTED = 2;
/**
 * How much of a document is looked at, in UTF-16 units: 20,000 lines take longer than a key may. The rest of it is in the
 * index as well, but for the edits of the last moments.
 */
const NEAR = 150_000;
const IMPORTS_WITHIN = 30_000;
/** More names than a line has; what is longer is judged by its beginning. */
const MOST_NAMES = 40;

/**
 * Doubts a suggestion that calls or looks up a name that stands nowhere: neither in the document, nor in the workspace,
 * nor in the language. Of a package that is imported from elsewhere its typings tell, if it has any; else it is passed
 * over.
 */
export function unknownNames(known: KnownNames): Guard {
  return {
    name: 'unknownNames',
    judge(judged) {
      if (!known.ready) return KEPT;
      const { document } = judged.context;
      const { before, after, linePrefix } = placeOf(judged);
      const language = languageOf(document.languageId);
      if (endsInLiteral(before, language)) return KEPT;
      const above = before.slice(-NEAR, before.length - linePrefix.length);
      const below = after.slice(0, NEAR);
      let imports: Imports | undefined;
      const unknown = nameUses(linePrefix, judged.text, language)
        .slice(0, MOST_NAMES)
        .filter(({ name, root, direct }) => {
          if (known.has(name) || isBuiltIn(name, language.family)) return false;
          if (hasWord(above, name) || hasWord(below, name)) return false;
          imports ??= importsIn(before.slice(0, IMPORTS_WITHIN), language.family, known);
          const module = imports.foreign.get(root ?? name);
          if (module === undefined) return true;
          // A package's typings know what it has, but not what it gives back of other packages.
          return direct === true && module !== '' && known.typed(module, name, document.path) === false;
        });
      return unknown.length === 0 ? KEPT : { kind: 'kept', doubt: doubtOf(unknown.map(({ name }) => name)) };
    },
  };
}

function doubtOf(names: readonly string[]) {
  const factor = FACTOR ** Math.min(MOST_COUNTED, names.length);
  const told = names.map(name => `'${name}'`);
  const list = told.length === 1 ? told[0]! : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
  return { factor, reason: `${list} ${told.length === 1 ? 'stands' : 'stand'} nowhere in the workspace` };
}

/** Whether a document's beginning ends within a comment or a string of several lines. */
function endsInLiteral(before: string, { lineComment, indented }: Language): boolean {
  if (lineComment === '//') {
    const near = before.slice(-NEAR);
    const opened = near.lastIndexOf('/*');
    const line = near.slice(near.lastIndexOf('\n', opened) + 1, opened);
    // A glob such as 'src/**/*.ts' begins no comment.
    return opened > near.lastIndexOf('*/') && !/["'`]/.test(line);
  }
  return indented === true && ['"""', "'''"].some(sign => isOdd(before, sign));
}

/** Whether a sign stands in a text an odd number of times. */
function isOdd(text: string, sign: string): boolean {
  let odd = false;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length)) odd = !odd;
  return odd;
}

/** Whether a text has a name as a whole word. */
function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWordAt(text, at - 1) && !isWordAt(text, at + name.length)) return true;
  }
  return false;
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /[\p{L}\p{N}_$]/u.test(text[at]!);
}
