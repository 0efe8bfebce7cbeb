import type { Clock } from '../base/clock.ts';
import { linePrefixOf } from '../base/text.ts';
import { SNIPPET_SHARE } from '../completion/askModel.ts';
import type { Completer } from '../completion/complete.ts';
import type { CheckReport, CheckRequest } from '../domain/check.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { GuardCounts } from '../domain/guardCounts.ts';
import { type Outcome, suggestionOf } from '../domain/outcome.ts';
import type { CompletionContext, CompletionRequest } from '../domain/request.ts';
import type { Settings } from '../domain/settings.ts';
import type { Retrieved } from '../domain/snippet.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import { type Trace, TraceRecorder } from '../domain/trace.ts';
import type { FeedbackRecorder } from '../feedback/recorder.ts';
import type { Checker } from '../guardrails/checker.ts';
import type { RecentPast, Refusal } from '../guardrails/recentPast.ts';
import type { Exclusions } from '../indexing/exclusions.ts';
import type { IndexKeeper } from '../indexing/indexKeeper.ts';
import type { Availability } from '../models/availability.ts';
import type { ResolvedNames } from '../retrieval/resolvedNames.ts';
import type { Trail } from '../retrieval/trail.ts';
import type { Trees } from '../syntax/trees.ts';
import type {
  Answer,
  Decision,
  EngineApi,
  EngineStatus,
  ExportFormat,
  FileChange,
  IndexReport,
  OpenDocument,
  SearchRequest,
  Workspace,
} from './api.ts';
import { contextAt, type Documents, type Mirror } from './documents.ts';
import type { Session } from './session.ts';

export interface EngineParts {
  readonly session: Session;
  readonly documents: Documents;
  readonly index: IndexKeeper;
  readonly exclusions: Exclusions;
  readonly completer: Completer;
  readonly checker: Checker;
  readonly past: RecentPast;
  readonly trees: Trees;
  readonly trail: Trail;
  readonly resolved: ResolvedNames;
  readonly availability: Availability;
  readonly feedback: FeedbackRecorder;
  readonly explain: (context: CompletionContext, budget: number) => Retrieved;
  readonly clock: Clock;
  /** Search by a transformer; missing where nothing is kept on disk. */
  readonly embedding?: Embedding;
}

/** Decisions kept for `Wisp: Why No Suggestion?`: a few minutes of typing. */
const MOST_DECISIONS = 200;

/** The API's side of the engine: takes what the editor says to the parts that it concerns, and nothing more. */
export class Engine implements EngineApi {
  readonly #parts: EngineParts;
  readonly #decisions: Decision[] = [];
  /** The last suggestion, as it would be turned down. */
  #offer: (Refusal & { readonly id: string; readonly uri: string }) | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  configure({ settings, apiKey }: { settings: Settings; apiKey?: string }): void {
    const { session, availability, feedback } = this.#parts;
    const before = session.settings;
    session.settings = settings;
    session.apiKey = apiKey;
    session.epoch++;
    availability.reset();
    feedback.keep(settings.feedback.record);
    this.#parts.index.pace = settings.index;
    this.#parts.embedding?.use(settings.embedding.model);
    const kept = ({ exclude, index: { maxFileKilobytes, maxSourceMegabytes } }: Settings) =>
      JSON.stringify([exclude, maxFileKilobytes, maxSourceMegabytes]);
    if (kept(before) !== kept(settings)) this.#read();
  }

  openWorkspace(workspace: Workspace): void {
    this.#parts.session.workspace = workspace;
    this.#read();
    for (const mirror of this.#parts.documents.all()) if (mirror.dirty) this.#unsaved(mirror);
    this.#parts.trail.clear();
  }

  open(document: OpenDocument): void {
    const mirror = this.#parts.documents.open(document);
    // So that the first suggestion can be checked.
    void this.#parts.trees.open(mirror);
    this.#parts.completer.opened(mirror);
    if (mirror.dirty) this.#unsaved(mirror);
    if (mirror.inWorkspace) this.#parts.trail.follow(mirror);
  }

  change({ uri, version, changes }: Parameters<EngineApi['change']>[0]): void {
    const before = this.#parts.documents.get(uri);
    if (before) this.#parts.past.changing(uri, before, changes);
    const mirror = this.#parts.documents.change(uri, version, changes);
    if (!mirror) return;
    this.#parts.feedback.changed(uri, changes, mirror.text);
    this.#parts.trail.edited(mirror.path, changes);
    this.#unsaved(mirror);
  }

  saved({ uri }: { uri: string }): void {
    const mirror = this.#parts.documents.saved(uri);
    if (mirror?.file) this.#changed([mirror.file]);
  }

  close({ uri }: { uri: string }): void {
    const { documents, completer, feedback, index, past, resolved, trees, trail } = this.#parts;
    const mirror = documents.get(uri);
    documents.close(uri);
    if (mirror) trail.forget(mirror.path);
    if (mirror) resolved.forget(mirror.path);
    completer.forget(uri);
    feedback.closed(uri);
    past.forget(uri);
    trees.forget(uri);
    // Edits that were not saved are gone with the document: the disk counts again.
    if (mirror?.file && mirror.dirty) index.filesChanged([mirror.file]);
  }

  filesChanged(changes: readonly FileChange[]): void {
    const { documents } = this.#parts;
    const open = documents.all();
    const unsaved = new Set(open.filter(mirror => mirror.dirty).map(mirror => mirror.file));
    this.#changed(changes.map(change => change.file).filter(file => !unsaved.has(file)));
  }

  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Answer> {
    const { clock, completer, documents, feedback } = this.#parts;
    const trace = new TraceRecorder(request.id, () => clock.elapsed());
    const mirror = documents.get(request.uri);
    if (!mirror || mirror.version !== request.version) {
      const outcome = { kind: 'notAsked', reason: 'document changed' } as const;
      return this.#decided(mirror, request, outcome, trace.finish());
    }
    const context = contextAt(mirror, request);
    const outcome = await completer.complete(context, signal, trace);
    const finished = trace.finish();
    const suggestion = suggestionOf(outcome);
    if (!signal.aborted) {
      if (suggestion) this.#offer = offerOf(suggestion, context);
      if (suggestion) feedback.offered(suggestion, context, finished.ms);
      else feedback.withdrawn(request.uri);
    }
    return this.#decided(mirror, request, outcome, finished);
  }

  snooze({ until }: { until: number }): void {
    this.#parts.session.snoozedUntil = until;
  }

  withheld({ uri, because }: Parameters<EngineApi['withheld']>[0]): void {
    this.#parts.feedback.withdrawn(uri);
    const refused = because !== undefined && this.#offer?.uri === uri && { ...this.#offer, because };
    if (refused) this.#parts.past.turnedDown(uri, refused);
  }

  accepted({ id }: { id: string }): void {
    this.#parts.feedback.accepted(id);
  }

  dismissed({ id }: { id: string }): void {
    this.#parts.feedback.dismissed(id);
    if (this.#offer?.id === id) this.#parts.past.turnedDown(this.#offer.uri, this.#offer);
  }

  cursorMoved({ uri, position }: Parameters<EngineApi['cursorMoved']>[0]): void {
    const { feedback, documents, trail } = this.#parts;
    feedback.cursorMoved(uri, position);
    const mirror = documents.get(uri);
    if (mirror?.inWorkspace) trail.visited(mirror.path, position.line + 1);
  }

  copied({ uri, lines }: Parameters<EngineApi['copied']>[0]): void {
    const mirror = this.#parts.documents.get(uri);
    for (const { start, end } of mirror?.inWorkspace ? lines : [])
      this.#parts.trail.copied(mirror!.path, start + 1, end + 1);
  }

  resolved({ uri, names }: Parameters<EngineApi['resolved']>[0]): void {
    const { documents, index, resolved } = this.#parts;
    const mirror = documents.get(uri);
    for (const { name, lines } of mirror ? names : []) {
      const places = lines.map(({ file, line }) => ({ path: index.paths.pathOf(file), line }));
      resolved.tell(mirror!.path, name, places);
    }
  }

  async search({ uri, position, budget }: SearchRequest, signal: AbortSignal): Promise<Retrieved> {
    const mirror = this.#parts.documents.get(uri);
    if (!mirror) throw new Error(`The document ${uri} is not open.`);
    const request = { id: 'search', uri, version: mirror.version, position, trigger: 'invoked' } as const;
    const context = contextAt(mirror, request);
    await this.#parts.embedding?.prepare(context, signal);
    const { contextTokens } = this.#parts.session.settings.model;
    return this.#parts.explain(context, budget ?? Math.floor(contextTokens * SNIPPET_SHARE));
  }

  check(request: CheckRequest): Promise<CheckReport> {
    return this.#parts.checker.check(request);
  }

  files(): readonly string[] {
    return [...this.#parts.index.index.paths()].sort();
  }

  decisions({ uri }: { uri?: string }): readonly Decision[] {
    const path = uri === undefined ? undefined : this.#parts.documents.get(uri)?.path;
    return this.#decisions.filter(decision => uri === undefined || decision.path === path).reverse();
  }

  guardCounts(): GuardCounts {
    return this.#parts.feedback.guardCounts;
  }

  async reindex(_: Record<string, never>, signal: AbortSignal): Promise<IndexReport> {
    this.#parts.index.forget();
    return this.indexed({}, signal);
  }

  indexed(_: Record<string, never>, signal: AbortSignal): Promise<IndexReport> {
    return this.#parts.index.settled(signal);
  }

  exportFeedback({ format, file }: { format: ExportFormat; file: string }): Promise<{ records: number }> {
    return this.#parts.feedback.export(format, file);
  }

  status(): EngineStatus {
    const { index, session, availability, embedding } = this.#parts;
    const { outage } = availability;
    return {
      index: index.progress,
      report: index.report,
      model: outage !== undefined ? { outage } : session.settings.model.baseUrl === '' ? 'none' : 'ready',
      embedding: embedding?.state ?? { state: 'off' },
    };
  }

  async shutdown(): Promise<void> {
    const { index, feedback, embedding } = this.#parts;
    await Promise.all([index.shutdown(), feedback.shutdown(), embedding?.shutdown()]);
  }

  /** Looks at the workspace again, as far as the user lets us. */
  #read(): void {
    const { settings, workspace } = this.#parts.session;
    this.#parts.exclusions.forget();
    this.#parts.index.open(workspace.trusted ? workspace.folders : [], {
      exclude: this.#parts.session.exclude,
      maxFileBytes: settings.index.maxFileKilobytes * 1024,
      maxSourceBytes: settings.index.maxSourceMegabytes * 1024 * 1024,
      workedOn: () =>
        this.#parts.documents.all().flatMap(({ inWorkspace, path }) => (inWorkspace ? [path] : [])),
    });
  }

  /** Files were written on disk. */
  #changed(files: readonly string[]): void {
    if (files.some(file => file.endsWith('.wispignore'))) this.#parts.exclusions.forget();
    this.#parts.index.filesChanged(files);
  }

  #unsaved({ inWorkspace, path, languageId, text }: Mirror): void {
    if (inWorkspace && !this.#parts.exclusions.excludes(path))
      this.#parts.index.unsaved({ path, languageId, text });
  }

  #decided(
    mirror: Mirror | undefined,
    { uri, position }: CompletionRequest,
    outcome: Outcome,
    trace: Trace,
  ): Answer {
    const at = this.#parts.clock.now();
    const path = mirror?.path ?? uri;
    this.#parts.feedback.judged(trace.notes, { at, path, line: position.line + 1 });
    this.#decisions.push({ at, path, position, outcome, trace });
    if (this.#decisions.length > MOST_DECISIONS) this.#decisions.shift();
    return { outcome, trace };
  }
}

function offerOf({ id, text }: Suggestion, { document, position, prefix }: CompletionContext) {
  return { id, uri: document.uri, line: position.line, linePrefix: linePrefixOf(prefix), text };
}
