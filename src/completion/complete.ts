import { isAbort, unlessAborted } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/log.ts';
import { Slices } from '../base/slices.ts';
import { contextKey, type Surroundings } from '../cache/contextKey.ts';
import { SuggestionCache } from '../cache/suggestionCache.ts';
import type { DocumentSnapshot } from '../domain/document.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Settings } from '../domain/settings.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import { applyGuards, type Guard } from '../guardrails/guard.ts';
import type { Guards } from '../guardrails/guards.ts';
import { type Model, ModelFailure } from '../models/model.ts';
import type { WorkspaceModel } from '../models/workspace/workspaceModel.ts';
import { askModel } from './askModel.ts';
import { agree, InFlight, type Running } from './inFlight.ts';
import { wantsMultiLine } from './multiLine.ts';
import { offlineDraft, type Proposal } from './offlineDraft.ts';
import { type Circumstances, whyNotAsk, whyNotRead } from './shouldAsk.ts';
import { restOf, TypedThrough, typedSince } from './typedThrough.ts';
import { weigh } from './weigh.ts';

/** What one suggestion is made of; what may change between two requests is asked for each time. */
export interface Parts {
  readonly circumstances: () => Circumstances;
  readonly surroundings: (path: string) => Surroundings;
  readonly workspaceModel: WorkspaceModel;
  /** Files that the workspace model does not know because all together would be too large. */
  readonly leftOut: () => number;
  /** The stronger model, if one is set up and not in an outage. */
  readonly model: () => Model | undefined;
  readonly retrieve: (context: CompletionContext, budget: number, trace: TraceRecorder) => readonly Snippet[];
  /** Guards of the text alone, of the text in the document as it is now, and of all that is shown. */
  readonly guards: Guards;
  readonly clock: Clock;
  readonly newId: () => string;
  /** A model's answer extends what is on the screen in this document. */
  readonly improved: (at: { uri: string; version: number }) => void;
  /** How a model's answers end, to tell an outage once. */
  readonly modelAnswered: (failure?: ModelFailure) => void;
}

/** The last question in a document and what was shown for it. */
interface Latest {
  readonly context: CompletionContext;
  readonly key: string;
  shown?: Suggestion;
}

/** The story of one suggestion, from the question to its outcome. */
export class Completer {
  readonly #parts: Parts;
  readonly #cache = new SuggestionCache();
  readonly #typed = new TypedThrough();
  readonly #inFlight = new InFlight();
  readonly #latest = new Map<string, Latest>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Never rejects: what goes wrong is an outcome too. */
  async complete(context: CompletionContext, signal: AbortSignal, trace: TraceRecorder): Promise<Outcome> {
    try {
      return await this.#tell(context, signal, trace);
    } catch (error) {
      if (isAbort(error)) return { kind: 'cancelled' };
      const failure = error instanceof ModelFailure ? error.failure : 'internal';
      return { kind: 'failed', failure, message: messageOf(error) };
    }
  }

  /** A document was opened: what takes long to read is read before somebody asks. */
  opened(document: DocumentSnapshot): void {
    const { circumstances, clock, workspaceModel } = this.#parts;
    if (whyNotRead(document, circumstances())) return;
    const slices = new Slices(() => clock.elapsed(), SLICE_MS);
    void workspaceModel.prepare(document, () => slices.breathe());
  }

  /** A document was closed, or its suggestions are no longer wanted. */
  forget(uri: string): void {
    this.#typed.forget(uri);
    this.#inFlight.forget(uri);
    this.#latest.delete(uri);
    this.#parts.workspaceModel.close(uri);
  }

  async #tell(context: CompletionContext, signal: AbortSignal, trace: TraceRecorder): Promise<Outcome> {
    const { circumstances, surroundings, workspaceModel, leftOut, model, retrieve } = this.#parts;
    const { settings } = circumstances();
    const reason = whyNotAsk(context, circumstances());
    if (reason) return { kind: 'notAsked', reason };

    const around = surroundings(context.document.path);
    const latest: Latest = { context, key: contextKey(context, around) };
    this.#latest.set(context.document.uri, latest);

    const rest = this.#typed.rest(context);
    if (rest) {
      // Typing what is shown leads to the very text that was checked, unless the editor closed a bracket behind it.
      const still = rest.asChecked
        ? this.#stillWanted(context, rest.suggestion, trace)
        : this.#fitsNow(context, rest.suggestion, trace);
      if (still.kind === 'offered') return this.#show(latest, still.suggestion, 'typedThrough');
    }

    // The key covers the whole document, so what the guards said of it then still holds.
    const known = this.#cache.get(latest.key);
    const again = known && this.#stillWanted(context, known, trace);
    if (again?.kind === 'offered') return this.#show(latest, known!, 'cached');

    const joined = this.#inFlight.join(context, JSON.stringify(around));
    if (leftOut() > 0)
      trace.note('workspace model', `knows nothing of ${leftOut()} files over the source cap`);
    const draft = trace.time('workspace model', () =>
      offlineDraft(context, settings.intensity, workspaceModel, () =>
        retrieve(context, RETRIEVED_LINE_BUDGET, trace),
      ),
    );
    const offline: Outcome = draft
      ? this.#judge(context, draft, trace)
      : { kind: 'empty', reason: 'the workspace holds nothing that makes the next words likely enough' };

    const stronger = model();
    const ask = () => stronger && this.#ask(context, around, stronger, settings, trace);
    const running = joined ?? ask();
    if (offline.kind === 'offered') {
      // The same question again has to give the same id back.
      this.#cache.put(latest.key, offline.suggestion);
      return this.#show(latest, offline.suggestion, 'offered');
    }
    if (joined) {
      const outcome = await this.#arrival(latest, joined, signal, trace);
      if (outcome) return outcome;
    }
    // What was joined turned out to say something else than the user.
    const own = joined ? ask() : running;
    return (own && (await this.#arrival(latest, own, signal, trace))) ?? offline;
  }

  /** Asks the stronger model; its answer outlives the question while the user types what it says. */
  #ask(
    context: CompletionContext,
    around: Surroundings,
    model: Model,
    settings: Settings,
    trace: TraceRecorder,
  ): Running {
    const { clock, retrieve, modelAnswered } = this.#parts;
    const stop = new AbortController();
    const agrees = (said: string) => {
      const now = this.#latest.get(context.document.uri);
      const typed = now && typedSince(context, now.context);
      return typed !== undefined && agree(said, typed);
    };
    const asking = askModel(
      {
        context,
        model,
        settings: settings.model,
        retrieve: budget => retrieve(context, budget, trace),
        agrees,
        clock,
        trace,
      },
      stop.signal,
    );
    const answer = asking.text.then(
      text => {
        modelAnswered();
        return this.#answered(context, text, trace);
      },
      error => {
        if (error instanceof ModelFailure) modelAnswered(error);
        throw error;
      },
    );
    const running = {
      context,
      surroundings: JSON.stringify(around),
      answer,
      soFar: asking.soFar,
      started: asking.started,
      abort: () => stop.abort(),
    };
    // Whoever asked may be gone by then; the answer is still worth keeping for the place where the user is now.
    const keep = (outcome?: Outcome) => {
      if (outcome?.kind === 'offered') this.#keep(running, outcome.suggestion, trace);
    };
    answer.then(keep, () => {});
    this.#inFlight.start(running);
    return running;
  }

  #answered(context: CompletionContext, text: string | undefined, trace: TraceRecorder): Outcome | undefined {
    if (!text) return undefined;
    const proposal: Proposal = { text, source: 'openai', confidence: 0.5, provenance: [] };
    return this.#judge(context, proposal, trace);
  }

  /** Puts a model's answer where the user's next question will find it, and says so if it extends what is shown. */
  #keep(running: Running, suggestion: Suggestion, trace: TraceRecorder): void {
    const latest = this.#latest.get(running.context.document.uri);
    if (!latest) return;
    const rest = restOf(suggestion, running.context, latest.context);
    if (!rest) return;
    const fits = this.#fitsNow(latest.context, rest, trace);
    if (fits.kind !== 'offered') return;
    this.#cache.put(latest.key, fits.suggestion);
    const { shown, context } = latest;
    const extended =
      shown && fits.suggestion.text.length > shown.text.length && fits.suggestion.text.startsWith(shown.text);
    if (extended) this.#parts.improved({ uri: context.document.uri, version: context.document.version });
  }

  /** What the running question's answer is worth where the user stands now; undefined if nothing. */
  async #arrival(
    latest: Latest,
    running: Running,
    signal: AbortSignal,
    trace: TraceRecorder,
  ): Promise<Outcome | undefined> {
    const { context } = latest;
    const answer = await unlessAborted(running.answer, signal);
    // What was refused is told only where it was asked for.
    if (answer?.kind !== 'offered') return running.context === context ? answer : undefined;
    const rest = restOf(answer.suggestion, running.context, context);
    if (!rest) return undefined;
    if (running.context === context) return this.#show(latest, rest, 'offered');
    const fits = this.#fitsNow(context, rest, trace);
    return fits.kind === 'offered' ? this.#show(latest, fits.suggestion, 'joined') : fits;
  }

  /** All guards, in order; what passes becomes a suggestion with an id. */
  #judge(context: CompletionContext, proposal: Proposal, trace: TraceRecorder): Outcome {
    const { always, beforeCache, afterCache } = this.#parts.guards;
    const range = { start: context.position, end: context.position };
    const suggestion = { ...proposal, id: this.#parts.newId(), range };
    return this.#guarded([...beforeCache, ...always, ...afterCache], context, suggestion, trace);
  }

  /** The guards that look at the document, on a suggestion that was made for an earlier moment. */
  #fitsNow(context: CompletionContext, suggestion: Suggestion, trace: TraceRecorder): Outcome {
    const { always, afterCache } = this.#parts.guards;
    return this.#guarded([...always, ...afterCache], context, suggestion, trace);
  }

  #stillWanted(context: CompletionContext, suggestion: Suggestion, trace: TraceRecorder): Outcome {
    return this.#guarded(this.#parts.guards.always, context, suggestion, trace);
  }

  #guarded(
    guards: readonly Guard[],
    context: CompletionContext,
    suggestion: Suggestion,
    trace: TraceRecorder,
  ): Outcome {
    const { text, range, source } = suggestion;
    const goesOn = source === 'workspace';
    const judged = { context, text, range, multiLine: wantsMultiLine(context), goesOn };
    const ruling = trace.time('guards', () =>
      applyGuards(guards, judged, (where, what) => trace.note(where, what)),
    );
    // Who asks by a command wants to see the best guess.
    const { settings } = this.#parts.circumstances();
    return weigh(suggestion, ruling, context.trigger === 'invoked' ? 'all' : settings.intensity);
  }

  #show(latest: Latest, found: Suggestion, kind: 'offered' | 'cached' | 'typedThrough' | 'joined'): Outcome {
    // An id lives from birth to the last survival check: what is offered once more later is born once more.
    const again = kind === 'cached' && !this.#typed.isShown(latest.context, found);
    const suggestion = again ? Object.freeze({ ...found, id: this.#parts.newId() }) : found;
    latest.shown = suggestion;
    if (kind !== 'typedThrough') this.#typed.offered(latest.context, suggestion);
    if (again) this.#cache.put(latest.key, suggestion);
    return { kind, suggestion };
  }
}

/** Somebody who asks meanwhile waits no longer than this. */
const SLICE_MS = 4;

/** Enough for a few chunks to copy one line from. */
const RETRIEVED_LINE_BUDGET = 1_024;
