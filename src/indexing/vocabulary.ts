import { withRoom } from './growing.ts';
import { ID_MASK, type Lexed, RESERVED, withId } from './lexer.ts';
import { StringTable } from './stringTable.ts';
import { termsIn } from './terms.ts';

/** The two string lists of a vocabulary; the numbers of words and terms are their places in them. */
export interface VocabularyState {
  readonly words: readonly string[];
  readonly terms: readonly string[];
}

/** Numbers every token text of the workspace, and the terms (`terms.ts`) by which words are searched. */
export class Vocabulary {
  readonly #words: StringTable;
  readonly #terms: StringTable;
  /** Term ids of words, one stretch after the other; `#stretches` has start and end by word id, 0 0 if not yet known. */
  #pool = new Int32Array(1 << 12);
  #poolLength = 1;
  #stretches = new Int32Array(1 << 12);
  #adopted = new Uint32Array(0);

  constructor(state: VocabularyState = { words: RESERVED, terms: [] }) {
    // The last id of 24 bits stands between files in the token store.
    this.#words = new StringTable(state.words, ID_MASK);
    this.#terms = new StringTable(state.terms);
  }

  /** Number of words. */
  get size(): number {
    return this.#words.size;
  }

  /** Number of terms. */
  get termCount(): number {
    return this.#terms.size;
  }

  intern(word: string): number {
    return this.#words.intern(word);
  }

  find(word: string): number | undefined {
    return this.#words.find(word);
  }

  text(id: number): string {
    return this.#words.text(id);
  }

  /** The id of a term that some indexed word has. */
  findTerm(term: string): number | undefined {
    return this.#terms.find(term);
  }

  /** The ids of a file's strings, and its tokens under them, which are valid until the next file. */
  adopted({ strings, tokens }: Lexed): { readonly ids: readonly number[]; readonly words: Uint32Array } {
    const ids = strings.map(text => this.intern(text));
    this.#adopted = withRoom(this.#adopted, tokens.length);
    const words = this.#adopted.subarray(0, tokens.length);
    for (let i = 0; i < words.length; i++) words[i] = withId(tokens[i]!, ids[tokens[i]! & ID_MASK]!);
    return { ids, words };
  }

  /** The same tokens under numbers of their own, as `lexer.ts` gives them, with those numbers by the words'. */
  local(words: Uint32Array): Lexed & { readonly ids: ReadonlyMap<number, number> } {
    const strings: string[] = [...RESERVED];
    const ids = new Map<number, number>(RESERVED.map((_, id) => [id, id]));
    const tokens = words.map(word => {
      const id = word & ID_MASK;
      let own = ids.get(id);
      if (own === undefined) {
        own = strings.push(this.text(id)) - 1;
        ids.set(id, own);
      }
      return withId(word, own);
    });
    return { strings, tokens, ids };
  }

  /** The id of a word's term at a place, from 0, or −1 behind the last: without a view, for who asks of many words. */
  termAt(id: number, place: number): number {
    let end = this.#stretches[id * 2 + 1] ?? 0;
    if (end === 0) end = this.#learn(id);
    const at = this.#stretches[id * 2]! + place;
    return at < end ? this.#pool[at]! : -1;
  }

  /** All strings, to which more may come. */
  state(): VocabularyState {
    return { words: this.#words.texts, terms: this.#terms.texts };
  }

  #learn(id: number): number {
    const terms = termsIn(this.text(id));
    this.#pool = withRoom(this.#pool, this.#poolLength + terms.length);
    this.#stretches = withRoom(this.#stretches, id * 2 + 2);
    this.#stretches[id * 2] = this.#poolLength;
    for (const term of terms) this.#pool[this.#poolLength++] = this.#terms.intern(term);
    this.#stretches[id * 2 + 1] = this.#poolLength;
    return this.#poolLength;
  }
}
