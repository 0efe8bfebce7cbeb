import { idOf, isNewline } from '../../indexing/lexer.ts';
import { BOUNDARY } from '../../indexing/tokenStore.ts';

/** Of the ids of tokens; lines that differ in white space alone have the same. */
export function keyOf(tokens: Uint32Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ idOf(tokens[at]!), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** The lines of a text that another has not, stretch after stretch, each behind a boundary and the line before it. */
export function linesNotIn(text: Uint32Array, other: Uint32Array): Uint32Array {
  const left = new Map<number, number>();
  for (const { key } of linesOfTokens(other)) left.set(key, (left.get(key) ?? 0) + 1);
  const missing = new Uint32Array(text.length * 2 + 1);
  let length = 0;
  const push = (token: number) => {
    missing[length++] = token;
  };
  let last: { start: number; end: number } | undefined;
  let isOpen = false;
  for (const line of linesOfTokens(text)) {
    const count = left.get(line.key) ?? 0;
    if (count > 0) {
      left.set(line.key, count - 1);
      isOpen = false;
    } else {
      if (!isOpen) {
        push(BOUNDARY);
        if (last) for (let at = last.start; at < last.end; at++) push(text[at]!);
      }
      isOpen = true;
      for (let at = line.start; at < line.end; at++) push(text[at]!);
    }
    last = line;
  }
  return missing.subarray(0, length);
}

/** The lines of a text's tokens, each with its end; blank ones are not told. */
export function linesOfTokens(tokens: Uint32Array): { start: number; end: number; key: number }[] {
  const lines: { start: number; end: number; key: number }[] = [];
  for (let start = 0; start < tokens.length; ) {
    let end = start;
    while (end < tokens.length && !isNewline(tokens[end]!)) end++;
    const next = Math.min(end + 1, tokens.length);
    if (end > start) lines.push({ start, end: next, key: keyOf(tokens, start, end) });
    start = next;
  }
  return lines;
}
