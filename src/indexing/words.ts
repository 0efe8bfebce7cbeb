/** Of a text of code, about one in thirty characters begins a word that is new. */
const CHARS_A_PLACE = 16;
const [LEAST_PLACES, MOST_PLACES] = [64, 4_096];

/**
 * The distinct words of a text, numbered as they come. They are found by their characters, where they stand: a string is
 * made of a word only once.
 */
export class Words {
  readonly strings: string[];
  readonly #text: string;
  /** By id: where the word stands for the first time; nothing for those that stand in no text. */
  readonly #starts: number[];
  /** By id, too: made of all characters. */
  readonly #hashes: number[];
  /** Ids of single ASCII characters, 0 for none. */
  readonly #singles = new Int32Array(128);
  /** A hash table with linear probing, of ids; 0 for none. */
  #places: Int32Array;

  /** The ids of `reserved` come first; none of these is found in the text. */
  constructor(text: string, reserved: readonly string[]) {
    this.#text = text;
    this.strings = [...reserved];
    this.#starts = reserved.map(() => 0);
    this.#hashes = reserved.map(() => 0);
    let places = LEAST_PLACES;
    while (places < MOST_PLACES && places * CHARS_A_PLACE < text.length) places *= 2;
    this.#places = new Int32Array(places);
  }

  /** The id of what stands from `start` to `end`, which is not empty; the next one if it is new. */
  at(start: number, end: number): number {
    if (end - start > 1) return this.#find(start, end);
    const code = this.#text.charCodeAt(start);
    if (code >= 128) return this.#find(start, end);
    if (this.#singles[code] === 0) this.#singles[code] = this.#add(start, end, 0);
    return this.#singles[code]!;
  }

  #find(start: number, end: number): number {
    const text = this.#text;
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    const mask = this.#places.length - 1;
    let place = spread(hash) & mask;
    for (let id = this.#places[place]!; id !== 0; id = this.#places[place]!) {
      if (this.#hashes[id] === hash && this.#is(id, start, end)) return id;
      place = (place + 1) & mask;
    }
    const id = this.#add(start, end, hash);
    this.#places[place] = id;
    if (id * 2 > this.#places.length) this.#grow();
    return id;
  }

  #is(id: number, start: number, end: number): boolean {
    const text = this.#text;
    if (this.strings[id]!.length !== end - start) return false;
    for (let at = start, other = this.#starts[id]!; at < end; at++, other++) {
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    }
    return true;
  }

  #add(start: number, end: number, hash: number): number {
    this.#starts.push(start);
    this.#hashes.push(hash);
    return this.strings.push(this.#text.slice(start, end)) - 1;
  }

  #grow(): void {
    const old = this.#places;
    const places = new Int32Array(old.length * 4);
    const mask = places.length - 1;
    for (const id of old) {
      if (id === 0) continue;
      let place = spread(this.#hashes[id]!) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = id;
    }
    this.#places = places;
  }
}

/** The low bits of a sum of products are mostly the last characters: the high ones are mixed in. */
const spread = (hash: number): number => hash ^ (hash >>> 15);
