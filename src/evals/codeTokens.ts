/** Words, numbers, runs of operators and single other signs; white space separates and belongs to none. */
const TOKEN = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}_.]*|[-+*/%&|^=<>!?:.~]+|\S/gu;

/** A text cut into what a programmer would call its tokens, of any language and with no grammar. */
export function codeTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** Where each token begins and ends, in UTF-16 units, end excluded. */
export function tokenSpans(text: string): { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(TOKEN)].map(match => ({ start: match.index, end: match.index + match[0].length }));
}
