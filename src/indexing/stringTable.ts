/** Numbers strings from 0 in the order in which they come. */
export class StringTable {
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #capacity: number;

  /** The first strings are numbered as they stand in `texts`; they must be distinct. */
  constructor(texts: Iterable<string> = [], capacity: number = Number.POSITIVE_INFINITY) {
    this.#capacity = capacity;
    for (const text of texts) this.#add(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The strings by number, to which more may come. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The number of `text`, a new one if need be. A full table gives its last number to all that is new. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length >= this.#capacity) return this.#texts.length - 1;
    return this.#add(flat(text));
  }

  find(text: string): number | undefined {
    return this.#ids.get(text);
  }

  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  #add(text: string): number {
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#ids.set(text, id);
    return id;
  }
}

/** V8 makes a substring of this length or more a view that keeps the whole text it was cut from in memory. */
const LEAST_SLICED = 13;

function flat(text: string): string {
  return text.length < LEAST_SLICED ? text : (JSON.parse(JSON.stringify(text)) as string);
}
