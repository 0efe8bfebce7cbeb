import { RESERVED } from '../../src/indexing/lexer.ts';

/** The simplest thing that names tokens. */
export function plainVocabulary(): { intern(text: string): number; text(id: number): string } {
  const texts: string[] = [...RESERVED];
  return {
    intern(text) {
      const known = texts.indexOf(text);
      return known >= 0 ? known : texts.push(text) - 1;
    },
    text: id => texts[id] ?? '',
  };
}
