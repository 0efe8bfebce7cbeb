import { RESERVED } from '../../src/indexing/lexer.ts';

/** The simplest thing that names tokens. */
export interface PlainVocabulary {
  readonly size: number;
  intern(text: string): number;
  find(text: string): number | undefined;
  text(id: number): string;
}

export function plainVocabulary(): PlainVocabulary {
  const texts: string[] = [...RESERVED];
  const find = (text: string) => {
    const known = texts.indexOf(text);
    return known >= 0 ? known : undefined;
  };
  return {
    find,
    get size() {
      return texts.length;
    },
    intern: text => find(text) ?? texts.push(text) - 1,
    text: id => texts[id] ?? '',
  };
}
