import type { Language } from '../domain/languages.ts';

/** A name in a suggestion that ought to exist: something that is called, or looked for in something else. */
export interface NameUse {
  readonly name: string;
  readonly role: 'called' | 'member';
  /** Of a member: the first name of the chain that it stands in, if there is one: `fs` in `fs.promises.read`. */
  readonly root?: string;
  /** The member is one of the root itself: `promises` in the same example. */
  readonly direct?: true;
}

/** Families in which a name before a bracket is called, and one behind a point looked up. */
const FAMILIES: ReadonlySet<string> = new Set(
  'js python go rust java c csharp ruby php kotlin swift scala dart'.split(' '),
);

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

/** What may stand before a name that is being declared rather than used. */
const DECLARES = new Set(
  'function def fn func fun class struct enum trait interface type module namespace sub macro_rules goto import'.split(
    ' ',
  ),
);
/** Words behind which a name with a bracket is a call in the languages where a type stands before a declared name. */
const BEFORE_CALLS = new Set(
  'return new throw throws await else case in of typeof yield delete and or not assert if while when do raise puts print echo go defer match move async unless until'.split(
    ' ',
  ),
);
const TYPE_FIRST: ReadonlySet<string> = new Set(['java', 'c', 'csharp', 'php', 'dart', 'scala']);
/** Statements that bring names in from elsewhere: `missingImport.ts` looks at those. */
const IMPORT =
  /^\s*(?:import\b|from\b|use\s|using\s|#\s*(?:include|define|if)|export\b.*\bfrom\b|package\s|require\b|@)/;

/**
 * The names that `text` uses where it stands behind `linePrefix`, each once and in order, but for those that it declares.
 * Told without a grammar: strings, comments and import statements are passed over, and what could be a declaration is
 * taken for one.
 */
export function nameUses(linePrefix: string, text: string, language: Language): readonly NameUse[] {
  if (!FAMILIES.has(language.family)) return [];
  const line = linePrefix + text;
  const uses = new Map<string, NameUse>();
  const seen = new Set<string>();
  let at = 0;
  while (at < line.length) {
    const behind = behindLiteral(line, at, language);
    if (behind > at) {
      at = behind;
      continue;
    }
    WORD.lastIndex = at;
    const name = WORD.exec(line)?.[0];
    if (!name) {
      at++;
      continue;
    }
    const end = at + name.length;
    const use = end > linePrefix.length ? useAt(line, at, name, language) : undefined;
    // What was written before as a variable, a parameter or a key is declared, as far as can be told.
    if (use && !seen.has(name) && !uses.has(name)) uses.set(name, use);
    else if (!use) seen.add(name);
    at = end;
  }
  return [...uses.values()];
}

function useAt(line: string, at: number, name: string, language: Language): NameUse | undefined {
  const end = at + name.length;
  const start = line.lastIndexOf('\n', at - 1) + 1;
  const before = line.slice(start, at);
  const after = line.slice(end, end + 200);
  if (IMPORT.test(before + name)) return undefined;
  const chain = /(?:\.|\?\.|->|::)\s*$/.exec(before);
  const called = /^\s*(?:!\s*)?(?:::)?(?:<[^<>()=;]{0,80}>)?\s*\(/.test(after) && !/^\s+\(/.test(after);
  if (chain && !/\.\.\.?\s*$/.test(before)) {
    // `this.name = …` makes it.
    if (/^\s*(?::[^=]{1,60})?=(?![=>])/.test(after)) return undefined;
    const root = /([\p{L}_$][\p{L}\p{N}_$]*)[^\s=,;]*$/u.exec(before.slice(0, chain.index))?.[1];
    const direct = /(?<![\p{L}\p{N}_$.)\]?:>])[\p{L}_$][\p{L}\p{N}_$]*$/u.test(before.slice(0, chain.index));
    return {
      name,
      role: 'member',
      ...(root !== undefined && { root }),
      ...(direct && { direct: true as const }),
    };
  }
  if (!called || declares(before, after, language)) return undefined;
  return { name, role: 'called' };
}

/** Whether a name before a bracket is one that is made there: a function, a method, a macro. */
function declares(before: string, after: string, { family }: Language): boolean {
  const word = /([\p{L}_$][\p{L}\p{N}_$]*)[\s*&]*$/u.exec(before)?.[1];
  if (word && DECLARES.has(word)) return true;
  if (family === 'go' && /^func\s*\(/.test(before)) return true;
  const line = after.slice(0, after.indexOf('\n') < 0 ? undefined : after.indexOf('\n'));
  if (
    TYPE_FIRST.has(family) &&
    /[\p{L}\p{N}_>\]*&]\s+[*&]*$/u.test(before) &&
    !(word && BEFORE_CALLS.has(word))
  )
    return true;
  const first =
    /^\s*(?:(?:async|static|get|set|public|private|protected|readonly|override|abstract|export|default|declare)\s+|\*|#)*$/.test(
      before,
    );
  if (!first) return false;
  // A method: `name(…) {`, `name(…): Type`. In Go and Rust also a method of an interface, a variant of an enumeration.
  if (family === 'js')
    return /\)\s*(?::[^=]*)?\{\s*$|^\s*(?:<[^>]*>)?\([^()]*\)\s*:\s*\S/.test(line) || !/\)/.test(line);
  return (
    (family === 'go' || family === 'rust') && /^\([\w\s.,*&:<>'[\]]*\)(?:\s+\(?[\w*[].*|,)?\s*$/.test(line)
  );
}

/** Where a string or a comment ends that begins at `at`; `at` itself if none does. */
function behindLiteral(text: string, at: number, { lineComment, family }: Language): number {
  const sign = text[at]!;
  if (lineComment !== undefined && text.startsWith(lineComment, at))
    return endOr(text.indexOf('\n', at), text);
  if (text.startsWith('/*', at)) return endOr(text.indexOf('*/', at + 2) + 2, text, 2);
  if (sign === '/') return behindPattern(text, at, family);
  if (sign !== '"' && sign !== "'" && sign !== '`') return at;
  const lifetime = family === 'rust' && /^'[a-z_]\w*(?!\w|')/.test(text.slice(at, at + 40));
  // An apostrophe in a word, or before a lifetime.
  if (sign === "'" && (lifetime || /\w/.test(text[at - 1] ?? ''))) return at + 1;
  const triple = sign.repeat(3);
  if (text.startsWith(triple, at)) return endOr(text.indexOf(triple, at + 3) + 3, text, 3);
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === sign) return end + 1;
    else if (text[end] === '\n' && sign !== '`') return end;
  }
  return text.length;
}

/** The end of a regular expression, where one may begin and the line closes it. */
function behindPattern(text: string, at: number, family: string): number {
  if (family !== 'js' && family !== 'ruby') return at;
  if (!/(?:^|[(,=:[!&|?{};>~]|\breturn|\n)\s*$/.test(text.slice(Math.max(0, at - 20), at))) return at;
  const pattern = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/[\n])+\/[a-z]*/.exec(text.slice(at, at + 500));
  return pattern ? at + pattern[0].length : at;
}

/** `end`, or the end of the text where what was searched is not found, which gives `least - 1`. */
function endOr(end: number, text: string, least = 0): number {
  return end < least ? text.length : end;
}
