import { ID_MASK, idOf, isNewline } from '../../indexing/lexer.ts';
import { BOUNDARY, ORDERS, type TokenStore } from '../../indexing/tokenStore.ts';
import type { OpenFileView } from './openFile.ts';

/** A place where the present context stood before; what follows it there is a candidate. */
export interface Witness {
  /** Place of the following token in the open file's view or in the token store. */
  readonly place: number;
  readonly inOpenFile: boolean;
  /** How many tokens before it agree with the context. */
  readonly length: number;
}

/** Everything that speaks for one next token. */
export interface Candidate {
  readonly id: number;
  /** The token as it stood at the best witness, its space bit included. */
  token: number;
  weight: number;
  count: number;
  best: Witness;
}

/** Longer agreement than this says nothing new. */
const LONGEST = 16;
/** Links followed in each chain, so that a frequent context costs no more than a rare one. */
const STEPS = 96;
/** A witness that agrees on one more token counts e^0.6 times as much; the prototype's 1.5 to 1.9. */
const PER_TOKEN = Array.from({ length: LONGEST + 1 }, (_, length) => Math.exp(0.6 * length));
/** The file at hand is the best witness of its own style (the prototype's factor). */
const OPEN_FILE = 3;

/** The last tokens before the place to be predicted; grows as tokens are predicted. */
export class Context {
  readonly tokens: Uint32Array;
  end: number;

  constructor(view: OpenFileView, room: number) {
    const known = Math.min(LONGEST, view.cursor);
    this.tokens = new Uint32Array(known + room);
    this.tokens.set(view.tokens.subarray(view.cursor - known, view.cursor));
    this.end = known;
  }

  push(token: number): void {
    this.tokens[this.end++] = token;
  }

  /** How many tokens before `place` in `tokens` agree with the end of the context. */
  agreement(tokens: Uint32Array, place: number): number {
    const most = Math.min(LONGEST, this.end, place);
    let length = 0;
    while (
      length < most &&
      ((tokens[place - 1 - length]! ^ this.tokens[this.end - 1 - length]!) & ID_MASK) === 0
    ) {
      length++;
    }
    return length;
  }
}

export interface Sources {
  readonly view: OpenFileView;
  readonly store: TokenStore;
  /** Where the open file's own saved tokens stand in the store; they are passed over. */
  readonly own: { readonly start: number; readonly end: number } | undefined;
}

/** The next tokens that the open file and the workspace have seen after this context, in no order. */
export function candidatesFor(
  context: Context,
  sources: Sources,
  allowed: (id: number) => boolean,
): Map<number, Candidate> {
  const candidates = new Map<number, Candidate>();
  const add = (token: number, witness: Witness) => {
    const id = idOf(token);
    if (id === BOUNDARY || !allowed(id)) return;
    const weight = PER_TOKEN[witness.length]! * (witness.inOpenFile ? OPEN_FILE : 1);
    const known = candidates.get(id);
    if (!known) {
      candidates.set(id, { id, token, weight, count: 1, best: witness });
      return;
    }
    known.weight += weight;
    known.count++;
    if (witness.length > known.best.length) {
      known.best = witness;
      known.token = token;
    }
  };
  fromOpenFile(context, sources.view, add);
  fromWorkspace(context, sources, add);
  return candidates;
}

type Add = (token: number, witness: Witness) => void;

function fromOpenFile(context: Context, view: OpenFileView, add: Add): void {
  const { tokens, cursor } = view;
  if (context.end === 0) return;
  const last = context.tokens[context.end - 1]! & ID_MASK;
  // Nearest above the cursor first, so that among equals the nearest is the best witness.
  for (let place = cursor - 1; place > 0; place--) {
    if ((tokens[place - 1]! & ID_MASK) === last) {
      add(tokens[place]!, { place, inOpenFile: true, length: context.agreement(tokens, place) });
    }
  }
  for (let place = cursor + 2; place < tokens.length; place++) {
    if ((tokens[place - 1]! & ID_MASK) === last) {
      add(tokens[place]!, { place, inOpenFile: true, length: context.agreement(tokens, place) });
    }
  }
}

function fromWorkspace(context: Context, { store, own }: Sources, add: Add): void {
  const tokens = store.tokens;
  for (let o = ORDERS.length - 1; o >= 0; o--) {
    const longer = ORDERS[o + 1] ?? Number.POSITIVE_INFINITY;
    store.walk(o, context.tokens, context.end, STEPS, place => {
      if (own && place >= own.start && place < own.end) return true;
      const length = context.agreement(tokens, place);
      // Witnesses of a longer order have been heard already.
      if (length < longer) add(tokens[place]!, { place, inOpenFile: false, length });
      return true;
    });
  }
}

/** Words of the open file that begin with what is typed: evidence without any context. */
export function wordsLike(
  partial: string,
  view: OpenFileView,
  textOf: (id: number) => string,
): Map<number, Candidate> {
  const found = new Map<number, Candidate>();
  const seen = new Set<number>();
  for (let distance = 1; distance < view.tokens.length; distance++) {
    for (const place of [view.cursor - distance, view.cursor + distance]) {
      const token = view.tokens[place];
      if (token === undefined || isNewline(token) || seen.has(idOf(token))) continue;
      const id = idOf(token);
      seen.add(id);
      if (id === BOUNDARY || !textOf(id).startsWith(partial)) continue;
      const best = { place, inOpenFile: true, length: 0 };
      found.set(id, { id, token, weight: 1 / (1 + seen.size / 50), count: 1, best });
    }
  }
  return found;
}
