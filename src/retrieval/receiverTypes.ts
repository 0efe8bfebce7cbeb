import { indentationOf } from '../base/text.ts';
import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { linesAbove } from './surroundings.ts';

/** Text above the cursor that is looked through for what a name is, and places of it that are looked at. */
const REACH = 20_000;
const MOST_PLACES = 24;
const MOST_SAYING = 4;
/** UTF-16 units around such a place in which its type stands. */
const AHEAD = 100;
const BEHIND = 60;

const SELF = /^(?:self|this|cls|Self|super)$/;
const OPENS_TYPE =
  /^\s*(?:(?:export|default|abstract|public|private|internal|sealed|static|final|partial|open|data|unsafe|pub(?:\([^)]*\))?)\s+)*(?:class|interface|struct|impl|trait|extension|record)\b/;

const TYPE = String.raw`([\p{L}_$][\p{L}\p{N}_$.:]*)`;
/** What only holds the value: `Promise<`, `Arc<Mutex<`, `type[`. */
const HELD = String.raw`(?:(?:Optional|Option|Arc|Rc|Box|Promise|Readonly|Partial|Mutex|RefCell|[Tt]ype)\s*[<[]\s*)*`;
const REFERENCE = String.raw`(?:&\s*)?(?:'\w+\s+)?(?:mut\s+)?(?:dyn\s+|impl\s+)?\*?`;
const ANNOTATED = new RegExp(String.raw`^[?!]?\s*:\s*['"]?${HELD}${REFERENCE}${HELD}${TYPE}`, 'u');
const MADE = new RegExp(
  String.raw`^\s*(?::[^=\n]*)?:?=\s*(?:await\s+)?(?:new\s+)?&?${TYPE}(?:<[^<>()]*>)?\s*[({]`,
  'u',
);
/** `name *Type`, as Go writes it, and `Type<Other> name`. */
const FOLLOWED = new RegExp(String.raw`^[ \t]+\*?${TYPE}`, 'u');
const PRECEDED = new RegExp(String.raw`${TYPE}(?:<[^<>]*>)?\??[ \t*&]+\$?$`, 'u');
const TYPE_FIRST: ReadonlySet<string> = new Set(['c', 'csharp', 'java', 'php', 'dart']);

/**
 * Names of the types that a name may have, as far as the text above the cursor tells: the surest first, each group
 * instead of those behind it.
 */
export function typeNames(
  { prefix, document }: Pick<CompletionContext, 'prefix' | 'document'>,
  receiver: string,
): readonly (readonly string[])[] {
  if (SELF.test(receiver)) return [enclosingType(prefix)];
  const { family } = languageOf(document.languageId);
  return [...written(prefix, receiver, family), [receiver], [likeType(receiver)]];
}

/** What stands in the line that opens the type around the cursor: its own name and those that it is made of. */
function enclosingType(prefix: string): readonly string[] {
  const [line = '', ...above] = linesAbove(prefix);
  const indent = indentationOf(line).length;
  const opening = above.find(one => OPENS_TYPE.test(one) && indentationOf(one).length < indent);
  return opening?.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
}

/** What the places above say, the nearest first: an annotation, a constructor, or what looks like one. */
function written(prefix: string, name: string, family: string): readonly (readonly string[])[] {
  const text = prefix.slice(-REACH);
  const found: (readonly string[])[] = [];
  // The last place is the receiver itself.
  let at = text.lastIndexOf(name);
  for (let places = 0; places < MOST_PLACES && at > 0 && found.length < MOST_SAYING; places++) {
    at = text.lastIndexOf(name, at - 1);
    const type = at < 0 ? undefined : typeAt(text, at, name, family);
    const parts = type?.split(/[.:]+/).filter(part => part !== '') ?? [];
    // `Builder::new(` makes a Builder, and `http.Client` is a Client.
    if (parts.length > 0) found.push(parts.slice(-2).reverse());
  }
  return found;
}

function typeAt(text: string, at: number, name: string, family: string): string | undefined {
  const before = text[at - 1] ?? '';
  const ahead = text.slice(at + name.length, at + name.length + AHEAD);
  if (/[\p{L}\p{N}_$]/u.test(before + (ahead[0] ?? ''))) return undefined;
  const found = ANNOTATED.exec(ahead) ?? MADE.exec(ahead);
  if (found) return found[1];
  if (family === 'go') return FOLLOWED.exec(ahead)?.[1];
  return TYPE_FIRST.has(family) ? PRECEDED.exec(text.slice(Math.max(0, at - BEHIND), at))?.[1] : undefined;
}

/** `authStatus` and `auth_status` may be an `AuthStatus`. */
function likeType(name: string): string {
  return name.replace(/(?:^|_+)(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}
