import { languageOf } from '../domain/languages.ts';
import { FamilyTokens, type TokenOwner } from './familyTokens.ts';
import { SpareMemory } from './packingMemory.ts';

/** A file whose tokens stand in the store of its language's family. */
export interface FamilyMember extends TokenOwner {
  readonly languageId: string;
}

/** Of what is stored, so much more may come: to grow, all would be copied at once. */
const ROOM = 0.1;

/** Behind so many stored tokens, the room for more that their memory should have. */
export function roomBehind(tokens: number): number {
  return Math.ceil(tokens * ROOM);
}

/**
 * The tokens of all files, by language family. What comes from a stored index can be put into the stores later, bit by
 * bit: until then a file's tokens are known, but no store has them, and the file's `start` and `end` are 0.
 */
export class TokenFamilies<Member extends FamilyMember> {
  readonly #families = new Map<string, FamilyTokens<Member>>();
  readonly #spare = new SpareMemory();
  readonly #waiting = new Map<Member, Uint32Array>();

  /**
   * Takes over stored tokens, in which the `start` and `end` of the members, in ascending order, are places. They stay
   * where they are; what is longer than they are is room for more.
   */
  constructor(tokens: Readonly<Record<string, Uint32Array>> = {}, members: Iterable<Member> = []) {
    const ends = new Map<string, number>();
    for (const member of members) {
      const { family } = languageOf(member.languageId);
      this.#waiting.set(member, tokens[family]!.subarray(member.start, member.end));
      ends.set(family, member.end);
      member.start = 0;
      member.end = 0;
    }
    for (const [family, end] of ends) this.family(family).adopt(tokens[family]!, end + roomBehind(end));
  }

  /** Bytes used, for reports. */
  get bytes(): number {
    let bytes = 0;
    for (const { store } of this.#families.values()) bytes += store.bytes;
    return bytes;
  }

  family(name: string): FamilyTokens<Member> {
    let family = this.#families.get(name);
    if (!family) {
      family = new FamilyTokens(this.#spare);
      this.#families.set(name, family);
    }
    return family;
  }

  /** Makes room for so many more tokens of a family. */
  reserve(name: string, tokens: number): void {
    // What waits stands where the room is made.
    while (this.settleOne());
    const family = this.family(name);
    family.reserve(family.store.length + tokens);
  }

  append(member: Member, words: Uint32Array): void {
    // Where it would go those may stand that wait.
    if (this.#waiting.size > 0) this.#waiting.set(member, words.slice());
    else this.#append(member, words);
  }

  #append(member: Member, words: Uint32Array): void {
    const own = this.#familyOf(member);
    own.append(member, words);
    // What is half packed takes much room, and may have to wait long for more of its own.
    for (const family of this.#families.values()) if (family !== own) family.store.pack(words.length);
  }

  remove(member: Member): void {
    if (!this.#waiting.delete(member)) this.#familyOf(member).remove(member);
  }

  wordsOf(member: Member): Uint32Array {
    const { start, end } = member;
    return this.#waiting.get(member) ?? this.#familyOf(member).store.tokens.subarray(start, end);
  }

  /** Puts the next file that waits into its store; false if none waits. */
  settleOne(): boolean {
    for (const [member, words] of this.#waiting) {
      this.#waiting.delete(member);
      this.#append(member, words);
      return true;
    }
    return false;
  }

  /** Rebuilds the stores of which more than this share is dead, and makes all others small, in steps. */
  *vacuuming(mostDead: number): Generator<void> {
    for (const tokens of this.#families.values()) {
      if (tokens.dead > mostDead) tokens.vacuum();
      yield* tokens.store.settling();
    }
  }

  /** All tokens, valid until the next change. */
  state(): Record<string, Uint32Array> {
    while (this.settleOne());
    return Object.fromEntries(Array.from(this.#families, ([family, { store }]) => [family, store.tokens]));
  }

  #familyOf(member: Member): FamilyTokens<Member> {
    return this.family(languageOf(member.languageId).family);
  }
}
