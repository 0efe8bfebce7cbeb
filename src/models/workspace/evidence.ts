import { idOf, isNewline, kindOf, NAME, NEWLINE_SAME, OTHER, QUOTE, withId } from '../../indexing/lexer.ts';
import { BOUNDARY, CONTEXTS, type TokenStore } from '../../indexing/tokenStore.ts';
import { agreementBelow } from './agreementBelow.ts';
import { Alignment } from './alignment.ts';
import {
  Candidates,
  DELETED,
  ELSEWHERE,
  IN_FILE,
  NEAR,
  SESSION,
  SHAPE_LEVELS,
  SIMILAR,
} from './candidates.ts';
import type { Given } from './given.ts';
import { FILE_CONTEXTS, type LinkedTokens } from './linkedTokens.ts';
import type { MadeNames } from './madeNames.ts';
import type { Past } from './past.ts';
import { NO_VOTES, type Scope, votesOf } from './scope.ts';

/** What is asked, apart from the tokens of the open file before the cursor. */
export interface Sources {
  /** The open file above and below the cursor. */
  readonly above: LinkedTokens;
  readonly below: LinkedTokens;
  readonly store: TokenStore;
  /** Where the open file's own indexed tokens stand in the store; they are passed over. */
  readonly own: { readonly start: number; readonly end: number } | undefined;
  /** Where tokens of near files stand in the store: start and end of stretch after stretch, ascending. */
  readonly near: Int32Array;
  /** Lines of the open file that are saved but have been deleted since. */
  readonly deleted: LinkedTokens | undefined;
  /** Lines that were added to other files in this session. */
  readonly session: LinkedTokens | undefined;
  /** Keys of the deleted lines (`openFile.ts`). */
  readonly deletedLines: ReadonlySet<number> | undefined;
  /** The first tokens of the next line below the cursor. */
  readonly nextLine: Uint32Array;
  /** What can be seen from the cursor's line. */
  readonly scope: Scope;
  /** What retrieval found at the start of the line. */
  readonly given: Given | undefined;
  /** The ids of words that may stand for the one that is being typed, and how they begin; undefined if none is. */
  readonly typed: TypedWord | undefined;
}

export interface TypedWord {
  readonly text: string;
  /** Of the word as it stands: it may be whole, even if it stands nowhere else. */
  readonly id: number;
  fits(id: number): boolean;
  /** Words of the workspace that fit, in no order. */
  readonly words: readonly number[];
}

/** Marks the place of a witness in the open file that stands below the cursor. */
export const IS_BELOW = 1 << 30;

/** Links followed in each chain, so that a frequent context costs no more than a rare one. */
const FILE_STEPS = [160, 64, 64, 48] as const;
/** From longer to shorter contexts, so that the best places are heard if there is no room for all. */
const FILE_ORDER = [3, 1, 2, 0] as const;
const STORE_ORDER = [3, 1, 2, 0] as const;
/** Names of the open file that are heard although nothing like them stood here before, nearest first. */
const RECENT_NAMES = 10;
const RECENT_NAMES_TYPED = 16;
/** Names that are declared in sight are heard, too. */
const MOST_DECLARED = 8;
/** Likely words of what was retrieved that are heard although nothing else speaks for them. */
const MOST_LIKELY = 8;
const MOST_LIKELY_TYPED = 12;
const LIKELY_WEIGHT = 4;
const RECENT_TOKENS = 400;
const TYPED_TOKENS = 6_000;
const VISITED_SLOTS = 4096;
/** Agreement by shape from which on names are adapted. */
const LEAST_ADAPTED = 6;

/** Collects what speaks for the next token. One is made and used for every step. */
export class Evidence {
  readonly candidates = new Candidates();
  readonly #alignment = new Alignment();
  readonly #visited = new Int32Array(VISITED_SLOTS);
  readonly #names: MadeNames;

  constructor(names: MadeNames) {
    this.#names = names;
  }

  gather(past: Past, sources: Sources): Candidates {
    this.candidates.clear();
    this.#visited.fill(-1);
    const { above, below, deleted, session, store, own, near } = sources;
    this.#hearLinked(past, above, IN_FILE, sources);
    this.#hearLinked(past, below, IN_FILE, sources);
    if (deleted) this.#hearLinked(past, deleted, DELETED, sources);
    if (session) this.#hearLinked(past, session, SESSION, sources);
    if (sources.given) this.#hearLinked(past, sources.given.linked, SIMILAR, sources);
    this.#visited.fill(-1);
    const tokens = store.tokens;
    for (const which of STORE_ORDER) {
      store.walk(which, past.tokens, past.end, place => {
        if (own && place >= own.start && place < own.end) return true;
        if (!this.#isNew(place)) return true;
        const scope = isWithin(near, place) ? NEAR : ELSEWHERE;
        this.#hear(past, tokens, place, scope, CONTEXTS[which]!.order, sources, place);
        return true;
      });
    }
    this.#addVotes(past, sources);
    this.#addNames(past, sources);
    this.#addLikely(past, sources);
    return this.candidates;
  }

  #hearLinked(past: Past, linked: LinkedTokens, scope: number, sources: Sources): void {
    const { tokens } = linked;
    const flag = linked === sources.below ? IS_BELOW : 0;
    const inStore = scope === SIMILAR;
    this.#visited.fill(-1);
    for (const which of FILE_ORDER) {
      linked.walk(which, past.tokens, past.end, FILE_STEPS[which], place => {
        if (!this.#isNew(place)) return;
        const shown = inStore ? place + linked.lineAt(place) : place | flag;
        this.#hear(past, tokens, place, scope, FILE_CONTEXTS[which]!.order, sources, shown);
      });
    }
  }

  #hear(
    past: Past,
    tokens: Uint32Array,
    place: number,
    scope: number,
    least: number,
    { typed, nextLine }: Sources,
    shown: number,
  ): void {
    const token = tokens[place]!;
    // That a line ends is one thing to say, whatever comes below.
    const id = isNewline(token) ? NEWLINE_SAME : idOf(token);
    if (id === BOUNDARY) return;
    const { candidates } = this;
    const alignment = this.#alignment;
    alignment.align(past.tokens, past.end, tokens, place);
    const { exact, shape } = alignment;
    // Only the hash of a shape was compared.
    if (shape < least) return;
    const goodness = exact + shape / 2 + GOODNESS[scope]!;
    const ours = shape >= SHAPE_LEVELS[0] && kindOf(token) === NAME ? alignment.ourNameFor(id) : -1;
    const isRenamed = ours >= 0 && ours !== id;
    if (exact > 0 && (!typed || typed.fits(id))) {
      const row = candidates.row(id, token);
      if (row >= 0) {
        if (isRenamed) candidates.hearRenamed(row, scope);
        else candidates.hearExact(row, scope, exact, agreementBelow(tokens, place, nextLine));
        candidates.remember(row, token, shown, scope, isRenamed ? 0 : goodness, alignment.sameNames);
      }
    }
    if (shape < SHAPE_LEVELS[0]) return;
    const here = isRenamed ? ours : id;
    if (ours < 0 && kindOf(token) === NAME) this.#hearAdapted(token, shown, scope, typed);
    if (typed && !typed.fits(here)) return;
    const said = isRenamed ? withId(token, here) : token;
    const row = candidates.row(here, said);
    if (row < 0) return;
    candidates.hearShape(row, scope, shape, ours >= 0 || kindOf(token) !== NAME);
    candidates.remember(row, said, shown, scope, goodness - 1, alignment.sameNames);
  }

  /** A name with no counterpart may still be made of one that has: `getUser` where `user` is `team` here. */
  #hearAdapted(token: number, place: number, scope: number, typed: TypedWord | undefined): void {
    const { shape, sameNames } = this.#alignment;
    if (shape < LEAST_ADAPTED) return;
    const adapted = this.#alignment.adapt(idOf(token), this.#names);
    if (adapted < 0 || (typed && !typed.fits(adapted))) return;
    const said = withId(token, adapted);
    const row = this.candidates.row(adapted, said);
    if (row < 0) return;
    this.candidates.hearAdapted(row, scope, shape);
    this.candidates.remember(row, said, place, scope, shape / 2 + GOODNESS[scope]!, sameNames);
  }

  /** What the neighbours go on with that begin as this line does. */
  #addVotes(past: Past, { scope, typed, given }: Sources): void {
    const { candidates } = this;
    candidates.siblings = scope.siblingVotes(past.tokens, past.lineStart, past.end);
    candidates.cousins = scope.cousinVotes(past.tokens, past.lineStart, past.end);
    candidates.following = given ? votesOf(given.following, past.tokens, past.lineStart, past.end) : NO_VOTES;
    for (const [votes, weight] of [
      [candidates.siblings, 4],
      [candidates.cousins, 2],
      [candidates.following, 2],
    ] as const) {
      for (const [id, { token, count }] of votes.tokens) {
        if (typed && !typed.fits(id)) continue;
        const row = candidates.row(id, token);
        if (row >= 0) candidates.weights[row]! += weight * Math.sqrt(count);
      }
    }
  }

  /** Words that retrieval found and that are likely to be written next. */
  #addLikely(past: Past, { typed, given }: Sources): void {
    if (!given) return;
    const { candidates } = this;
    const last = past.end > 0 ? kindOf(past.tokens[past.end - 1]!) : OTHER;
    const most = typed ? MOST_LIKELY_TYPED : last === NAME || last === QUOTE ? 0 : MOST_LIKELY;
    let found = 0;
    for (const [id, { token }] of given.likely) {
      if (found === most) break;
      if (typed && !typed.fits(id)) continue;
      found++;
      candidates.row(id, token);
    }
    for (let row = 0; row < candidates.size; row++) {
      const likely = given.likely.get(candidates.ids[row]!);
      if (likely) candidates.weights[row]! += LIKELY_WEIGHT * Math.sqrt(likely.relevance);
    }
  }

  /** Names that stood nearby, and words that begin as the one that is being typed. */
  #addNames(past: Past, { above, below, typed, scope }: Sources): void {
    const last = past.end > 0 ? kindOf(past.tokens[past.end - 1]!) : OTHER;
    // A name hardly ever follows a name, but for words in strings and comments.
    if (!typed && (last === NAME || last === QUOTE)) return;
    const most = typed ? RECENT_NAMES_TYPED : RECENT_NAMES;
    const { tokens } = above;
    const reach = Math.min(tokens.length, typed ? TYPED_TOKENS : RECENT_TOKENS);
    let found = 0;
    for (let back = 1; back <= reach && found < most; back++) {
      const place = tokens.length - back;
      const token = tokens[place]!;
      if (kindOf(token) !== NAME && !typed) continue;
      const id = idOf(token);
      if (typed && !typed.fits(id)) continue;
      if (this.#addName(id, token, place)) found++;
    }
    for (const [id, { token, declared, inHead }] of scope.seen) {
      if (!(declared || inHead) || (typed && !typed.fits(id))) continue;
      if (found >= most + MOST_DECLARED) break;
      if (this.#addName(id, token, -1)) found++;
    }
    if (!typed) return;
    const further = below.tokens;
    for (let place = 0; place < further.length && found < most; place++) {
      const token = further[place]!;
      if (typed.fits(idOf(token)) && this.#addName(idOf(token), token, place | IS_BELOW)) found++;
    }
    for (const id of [typed.id, ...typed.words]) {
      const row = this.candidates.row(id, ((NAME << 25) | id) >>> 0);
      if (row >= 0) this.candidates.weights[row]! += 0.02;
    }
  }

  /** Whether the name is new here. */
  #addName(id: number, token: number, place: number): boolean {
    const { candidates } = this;
    const before = candidates.size;
    const row = candidates.row(id, token);
    if (row < 0) return false;
    const isNew = candidates.size > before;
    if (isNew) candidates.remember(row, token, place, IN_FILE, 0, 0);
    candidates.weights[row]! += 0.3;
    return isNew;
  }

  /** Whether a place has not been heard yet at this step. */
  #isNew(place: number): boolean {
    let slot = (Math.imul(place, 0x9e3779b1) >>> 20) & (VISITED_SLOTS - 1);
    for (; this.#visited[slot]! >= 0; slot = (slot + 1) & (VISITED_SLOTS - 1)) {
      if (this.#visited[slot] === place) return false;
    }
    this.#visited[slot] = place;
    return true;
  }
}

const GOODNESS = [2, 1, 0, 3, 2, -1];

/** Whether a number lies in one of the stretches. */
function isWithin(stretches: Int32Array, place: number): boolean {
  let low = 0;
  let high = stretches.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle * 2]! <= place) low = middle + 1;
    else high = middle;
  }
  return low > 0 && place < stretches[low * 2 - 1]!;
}
