import { languageOf } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Provenance } from '../../domain/suggestion.ts';
import { isNewline, spaceBefore } from '../../indexing/lexer.ts';
import type { TokenStore } from '../../indexing/tokenStore.ts';
import { type Features, probability } from './calibration.ts';
import { type Candidate, Context, candidatesFor, type Sources, type Witness, wordsLike } from './evidence.ts';
import { OpenFile, type OpenFileView } from './openFile.ts';

/** What the model needs of the index. */
export interface WorkspaceTokens {
  readonly vocabulary: { intern(text: string): number; text(id: number): string };
  store(family: string): TokenStore;
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
  placeAt(family: string, place: number): { readonly path: string; readonly line: number } | undefined;
}

/** One predicted token of a draft. */
export interface DraftToken {
  /** As it would be typed, with the space before it. */
  readonly text: string;
  /** Probability that this token and all before it are right. */
  readonly probability: number;
  readonly features: Features;
}

/** The likeliest rest of the line, as far as there was any evidence. */
export interface Draft {
  readonly tokens: readonly DraftToken[];
  /** The end of the line, if the model came to it; its probability is that of the whole line. */
  readonly lineEnd: DraftToken | undefined;
  readonly provenance: readonly Provenance[];
}

/** Lines longer than this are data or nonsense. */
const MOST_TOKENS = 48;
/** Below this the next token would never be shown, whatever the intensity. */
const LEAST_PROBABILITY = 0.02;
/** Mirrored documents; an editor rarely has more tabs in use. */
const MOST_OPEN_FILES = 64;

/**
 * Completes the rest of the line with no neural model: at each step it hears every place in the open file and in the
 * workspace that was preceded by the same tokens, the longer agreement the louder, and takes the token with the most
 * weight. How sure that makes it is calibrated (`calibration.ts`), so that a caller can stop where doubt begins.
 */
export class WorkspaceModel {
  readonly #current: () => WorkspaceTokens;
  readonly #files = new Map<string, OpenFile>();
  #workspace: WorkspaceTokens;

  /** `current` gives the index as it is now; it may be another one after the user has had it built anew. */
  constructor(current: () => WorkspaceTokens) {
    this.#current = current;
    this.#workspace = current();
  }

  draft(context: CompletionContext): Draft {
    this.#follow();
    const { document, position } = context;
    const family = languageOf(document.languageId).family;
    const view = this.#view(document.uri, document.text, position);
    const sources: Sources = {
      view,
      store: this.#workspace.store(family),
      own: this.#workspace.tokenRange(document.path),
    };
    const tokens: DraftToken[] = [];
    const witnesses: Witness[] = [];
    const past = new Context(view, MOST_TOKENS);
    let certainty = 1;
    let lineEnd: DraftToken | undefined;
    while (tokens.length < MOST_TOKENS) {
      const partial = tokens.length === 0 ? view.partial : '';
      const choice = this.#choose(past, sources, partial);
      if (!choice) break;
      certainty *= probability(choice.features);
      if (certainty < LEAST_PROBABILITY) break;
      if (isNewline(choice.candidate.token)) {
        // A line that has nothing on it yet does not end here.
        if (tokens.length > 0 || !view.spaced) {
          lineEnd = { text: '', probability: certainty, features: choice.features };
        }
        break;
      }
      witnesses.push(choice.candidate.best);
      past.push(choice.candidate.token);
      tokens.push({
        text: this.#textOf(choice.candidate, partial, tokens.length === 0 && view.spaced),
        probability: certainty,
        features: choice.features,
      });
    }
    return { tokens, lineEnd, provenance: this.#provenance(witnesses, view, family, document.path) };
  }

  /** Forgets a document's lexed lines. */
  close(uri: string): void {
    this.#files.delete(uri);
  }

  /** Lexed lines hold ids of one vocabulary and mean nothing in another. */
  #follow(): void {
    const current = this.#current();
    if (current.vocabulary !== this.#workspace.vocabulary) this.#files.clear();
    this.#workspace = current;
  }

  #view(uri: string, text: string, position: CompletionContext['position']): OpenFileView {
    let file = this.#files.get(uri);
    if (!file) {
      file = new OpenFile(this.#workspace.vocabulary);
      if (this.#files.size >= MOST_OPEN_FILES) this.#files.delete(this.#files.keys().next().value!);
      this.#files.set(uri, file);
    }
    file.update(text);
    return file.view(position);
  }

  #choose(
    past: Context,
    sources: Sources,
    partial: string,
  ): { candidate: Candidate; features: Features } | undefined {
    const { vocabulary } = this.#workspace;
    const allowed = partial === '' ? () => true : (id: number) => vocabulary.text(id).startsWith(partial);
    let candidates = candidatesFor(past, sources, allowed);
    if (candidates.size === 0 && partial.length > 1) {
      candidates = wordsLike(partial, sources.view, id => vocabulary.text(id));
    }
    let top: Candidate | undefined;
    let second = 0;
    let total = 0;
    for (const candidate of candidates.values()) {
      total += candidate.weight;
      if (!top || candidate.weight > top.weight) {
        second = top?.weight ?? 0;
        top = candidate;
      } else if (candidate.weight > second) second = candidate.weight;
    }
    if (!top) return undefined;
    return {
      candidate: top,
      features: {
        share: top.weight / total,
        margin: (top.weight - second) / total,
        length: top.best.length,
        count: top.count,
        inOpenFile: top.best.inOpenFile,
        lineEnd: isNewline(top.token),
        typed: partial.length,
        word: /[\p{L}_$]/u.test(vocabulary.text(top.id)[0] ?? ''),
      },
    };
  }

  #textOf(candidate: Candidate, partial: string, afterSpace: boolean): string {
    const text = this.#workspace.vocabulary.text(candidate.id).slice(partial.length);
    return partial === '' && !afterSpace && spaceBefore(candidate.token) ? ` ${text}` : text;
  }

  /** The places that the draft was continued from: the one that carried most of it first. */
  #provenance(
    witnesses: readonly Witness[],
    view: OpenFileView,
    family: string,
    path: string,
  ): readonly Provenance[] {
    const carried = new Map<string, Provenance>();
    for (const witness of witnesses) {
      const at = witness.inOpenFile
        ? { path, line: view.lines[witness.place]! }
        : this.#workspace.placeAt(family, witness.place);
      if (!at) continue;
      const key = `${at.path}:${at.line}`;
      const score = (carried.get(key)?.score ?? 0) + 1;
      const retriever = witness.inOpenFile ? 'this file' : 'workspace';
      carried.set(key, { path: at.path, startLine: at.line, endLine: at.line, retriever, score });
    }
    return [...carried.values()].sort((a, b) => b.score - a.score).slice(0, 3);
  }
}
