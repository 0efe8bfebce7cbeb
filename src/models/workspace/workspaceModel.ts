import type { DocumentSnapshot } from '../../domain/document.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Provenance } from '../../domain/suggestion.ts';
import { idOf, NEWLINE_DEEPER, NEWLINE_SAME, NEWLINE_SHALLOWER, spaceBefore } from '../../indexing/lexer.ts';
import { type Continuation, Decoder, MOST_TOKENS } from './decoder.ts';
import { IS_BELOW } from './evidence.ts';
import { LEARNED } from './learned.ts';
import { describeLines } from './lines.ts';
import { Network, type Weights } from './network.ts';
import { bracketsOf, Predictor } from './predictor.ts';
import { describePrefixes, PREFIX_INPUTS, PREFIX_PLACE } from './prefixes.ts';
import { type Question, Questions, type Retrieve, type WorkspaceTokens } from './questions.ts';

/** One predicted token of a draft. */
export interface DraftToken {
  /** As it would be typed, with the space before it. */
  readonly text: string;
  /** Probability that this token and all before it are right; never more than that of those before it. */
  readonly probability: number;
}

export interface LineEnd extends DraftToken {
  /** How the next line is indented where this was continued from. */
  readonly next: 'same' | 'deeper' | 'shallower';
}

/** The likeliest rest of the line, as far as there was any evidence. */
export interface Draft {
  readonly tokens: readonly DraftToken[];
  /** The end of the line, if the model came to it; its probability is that of the whole line. */
  readonly lineEnd: LineEnd | undefined;
  readonly provenance: readonly Provenance[];
}

/** The rest of a line. */
export interface Line {
  readonly draft: Draft;
  readonly text: string;
  /** Probability that all of it is right and that nothing follows. */
  readonly probability: number;
}

/** Whole lines that are possible at a place. */
export interface Choices {
  readonly lines: readonly { readonly draft: Draft; readonly text: string }[];
  /** For the network that chooses among them (`lines.ts`). */
  readonly inputs: Float32Array;
  readonly place: Float32Array;
}

/** The networks, trained by `npm run train`. */
export interface Learned {
  /** Judges candidates for the next token (`features.ts`). */
  readonly tokens: Weights;
  /** Chooses among whole lines (`lines.ts`). */
  readonly lines: Weights;
  /** Says how likely the beginning of a draft is right (`prefixes.ts`). */
  readonly prefixes: Weights;
}

const NEXT: Readonly<Record<number, LineEnd['next']>> = {
  [NEWLINE_SAME]: 'same',
  [NEWLINE_DEEPER]: 'deeper',
  [NEWLINE_SHALLOWER]: 'shallower',
};

/** Continuations that are followed at once when there is time to choose. */
const WIDTH = 4;
const MOST_CHOICES = 10;

/**
 * Completes the rest of the line with no language model: at each step it hears every place in the open file and in the
 * workspace that was preceded by the same tokens, or by tokens of the same shape, and a small network that was trained
 * on other repositories says how likely each candidate makes that. So a caller can stop where doubt begins.
 */
export class WorkspaceModel {
  readonly #questions: Questions;
  readonly #network: Network;
  readonly #chooser: Network;
  readonly #judge: Network;

  /**
   * `current` gives the index as it is now; it may be another one after the user has had it built anew. `retrieve` is asked
   * once for a line, when it begins.
   */
  constructor(current: () => WorkspaceTokens, learned: Learned = LEARNED, retrieve?: Retrieve) {
    this.#questions = new Questions(current, retrieve);
    this.#network = new Network(learned.tokens);
    this.#chooser = new Network(learned.lines);
    this.#judge = new Network(learned.prefixes);
  }

  draft(context: CompletionContext): Draft {
    const question = this.#questions.ask(context, MOST_TOKENS);
    return this.#drafted(this.#decoder(question).likeliest(question), question, context.document.path);
  }

  /** The same draft, with what the network is shown that says how far it is right. */
  describedDraft(context: CompletionContext): { readonly draft: Draft; readonly inputs: Float32Array } {
    const question = this.#questions.ask(context, MOST_TOKENS);
    const continuation = this.#decoder(question).likeliest(question);
    const draft = this.#drafted(continuation, question, context.document.path);
    return { draft, inputs: describePrefixes(continuation, question) };
  }

  /**
   * The whole rest of the line, chosen among several that are possible, however unlikely; takes a few times as long as a
   * draft. Undefined if nothing is known that could stand here.
   */
  line(context: CompletionContext): Line | undefined {
    const { lines, inputs, place } = this.choices(context);
    if (lines.length === 0) return undefined;
    const probabilities = this.#chooser.probabilities(inputs, lines.length, place);
    const best = lines.reduce((a, _, i) => (probabilities[i]! > probabilities[a]! ? i : a), 0);
    return { ...lines[best]!, probability: probabilities[best]! };
  }

  /** Whole lines that are possible here, the likeliest first, and what is known of them. */
  choices(context: CompletionContext): Choices {
    const question = this.#questions.ask(context, MOST_TOKENS);
    const found = this.#decoder(question).continuations(question, WIDTH).slice(0, MOST_CHOICES);
    const lines = found.map(continuation => {
      const draft = this.#drafted(continuation, question, context.document.path);
      return { draft, text: draft.tokens.map(({ text }) => text).join('') };
    });
    return { lines, ...describeLines(found, question) };
  }

  /** Lexes a document a bit at a time ahead of the first question; `breathe` lets others run between two. */
  async prepare({ uri, text }: DocumentSnapshot, breathe: () => Promise<void>): Promise<void> {
    const file = this.#questions.file(uri, text);
    while (file.prepare()) await breathe();
  }

  /** Forgets a document's lexed lines. */
  close(uri: string): void {
    this.#questions.close(uri);
  }

  #decoder({ names }: Question): Decoder {
    const { vocabulary } = this.#questions.workspace;
    const brackets = bracketsOf(text => vocabulary.intern(text));
    return new Decoder(new Predictor(brackets, names), this.#network);
  }

  #drafted(continuation: Continuation, question: Question, path: string): Draft {
    const { view, sources, names } = question;
    const typed = sources.typed?.text.length ?? 0;
    const sure = this.#sureness(continuation, question);
    const tokens = continuation.tokens.map((predicted, i) => {
      const probability = sure[i]!;
      const text = names.text(idOf(predicted.token));
      if (i === 0 && typed > 0) return { text: text.slice(typed), probability };
      const spaced = i === 0 && view.spaced;
      return { text: !spaced && spaceBefore(predicted.token) ? ` ${text}` : text, probability };
    });
    const { end } = continuation;
    const next = NEXT[continuation.next ?? NEWLINE_SAME]!;
    const lineEnd = end === undefined ? undefined : { text: '', probability: sure.at(-1)!, next };
    return { tokens, lineEnd, provenance: this.#provenance(continuation, question, path) };
  }

  /** How likely each beginning of a continuation is right: with each token, and last with the end of the line. */
  #sureness(continuation: Continuation, question: Question): readonly number[] {
    const inputs = describePrefixes(continuation, question);
    let least = 1;
    return Array.from({ length: inputs.length / PREFIX_INPUTS }, (_, i) => {
      const row = inputs.subarray(i * PREFIX_INPUTS, (i + 1) * PREFIX_INPUTS);
      least = Math.min(least, this.#judge.probabilities(row, 1, PREFIX_PLACE)[0]!);
      return least;
    });
  }

  /** The places that the draft was continued from: the one that carried most of it first. */
  #provenance({ tokens }: Continuation, { view, family }: Question, path: string): readonly Provenance[] {
    const carried = new Map<string, Provenance>();
    for (const { place, inOpenFile } of tokens) {
      if (place < 0) continue;
      const at = inOpenFile
        ? { path, line: view.lineOf(place & ~IS_BELOW, (place & IS_BELOW) !== 0) }
        : this.#questions.workspace.placeAt(family, place);
      if (!at) continue;
      const key = `${at.path}:${at.line}`;
      const score = (carried.get(key)?.score ?? 0) + 1;
      const retriever = inOpenFile ? 'this file' : 'workspace';
      carried.set(key, { path: at.path, startLine: at.line, endLine: at.line, retriever, score });
    }
    return [...carried.values()].sort((a, b) => b.score - a.score).slice(0, 3);
  }
}
