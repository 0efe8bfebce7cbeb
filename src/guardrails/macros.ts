/** Words that only look like the name of a macro which opens a block. */
const CONTROLS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'sizeof',
  'alignas',
  'noexcept',
]);
/** A call of something whose name is in capitals, or of anything at the start of a line. */
const CALL = /(?:(?<![\w.>])[A-Z][A-Z0-9_]{2,}|(?<=^[ \t]*)[A-Za-z_]\w*)\s*\(/gm;
/** A name in capitals before another word: an attribute, a type's specifier. */
const SPECIFIER = /(?<![\w.>"])[A-Z][A-Z0-9_]{2,}(?=\s+[A-Za-z_~])/g;
/** What a macro before a block may be: a statement or the head of a function. */
const HEADS = ['if (0)', 'void f()'];

/**
 * What some C or C++ could be if its macros were known: a grammar has to take them for calls and names, but their
 * arguments may be types, operators or declarations, what they stand for may be a statement, a head or nothing at all.
 * `next` is what follows the code. Nothing where there is no macro; a call whose brackets do not match is none.
 */
export function withoutMacros(code: string, next: string): readonly string[] {
  const found = HEADS.map(head => replaced(code, next, head));
  return [...new Set(found)].filter(other => other !== code);
}

function replaced(code: string, next: string, head: string): string {
  let result = '';
  let from = 0;
  for (const { 0: call, index } of code.matchAll(CALL)) {
    if (index < from) continue;
    const end = endOfCall(code, index + call.length);
    if (end === undefined) continue;
    const stand = standIn(call, {
      starts: /(?:^|[\n;{}])[ \t]*$/.test(code.slice(0, index)),
      after: code.slice(end) + next,
      head,
    });
    if (stand === undefined) continue;
    result += code.slice(from, index).replace(SPECIFIER, '') + stand;
    from = end;
  }
  return result + code.slice(from).replace(SPECIFIER, '');
}

interface Call {
  /** It is the first of a statement. */
  readonly starts: boolean;
  readonly after: string;
  readonly head: string;
}

function standIn(call: string, { starts, after, head }: Call): string | undefined {
  const name = /^\w+/.exec(call)![0];
  const isLoud = name === name.toUpperCase();
  if (CONTROLS.has(name)) return undefined;
  if (starts && /^(?:\s|\/\/.*)*\{/.test(after)) return head;
  if (!isLoud) return undefined;
  const standsAlone = starts && /^[ \t]*(?:\r?\n|$|\/[/*])/.test(after);
  return standsAlone || /^\s+[A-Za-z_~]/.test(after) ? '' : `${name}(0)`;
}

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where a call ends whose bracket opens just before `at`, if its brackets match; literals are passed over. */
function endOfCall(code: string, at: number): number | undefined {
  const token = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|["()[\]{}]/g;
  token.lastIndex = at;
  const open = [')'];
  for (let found = token.exec(code); found; found = token.exec(code)) {
    const [sign] = found;
    if (sign.length > 1) continue;
    const closer = CLOSER_OF[sign];
    if (closer) open.push(closer);
    else if (open.pop() !== sign) return undefined;
    if (open.length === 0) return token.lastIndex;
  }
  return undefined;
}
