import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { Completer } from './completion/complete.ts';
import type { Circumstances } from './completion/shouldAsk.ts';
import type { Embedding } from './domain/embedding.ts';
import type { CompletionContext } from './domain/request.ts';
import { startEmbedder } from './embedding/embedderProcess.ts';
import { Embeddings, type EmbeddingsParts } from './embedding/embeddings.ts';
import { HUGGING_FACE } from './embedding/modelHub.ts';
import type { EngineApi, EngineEvents } from './engine/api.ts';
import { Documents } from './engine/documents.ts';
import { Engine } from './engine/engine.ts';
import { Session } from './engine/session.ts';
import { FeedbackRecorder } from './feedback/recorder.ts';
import { Checker } from './guardrails/checker.ts';
import { guardsFor } from './guardrails/guards.ts';
import { RecentPast } from './guardrails/recentPast.ts';
import { type Analyser, InProcessAnalyser } from './indexing/analyser.ts';
import { type Disk, nodeDisk } from './indexing/disk.ts';
import { Exclusions } from './indexing/exclusions.ts';
import { IndexKeeper } from './indexing/indexKeeper.ts';
import { Knowledge } from './indexing/knowledge.ts';
import { Pacer } from './indexing/pacer.ts';
import { RecordStore } from './indexing/recordStore.ts';
import { isSecretFile } from './indexing/secretFiles.ts';
import { splitAnalyser } from './indexing/splitAnalyser.ts';
import { StoredIndex } from './indexing/storedIndex.ts';
import { Typings } from './indexing/typings.ts';
import type { WorkspacePaths } from './indexing/workspacePaths.ts';
import { Availability } from './models/availability.ts';
import { ModelSwitch } from './models/modelSwitch.ts';
import { type ChatServer, chatModel } from './models/openaiChat.ts';
import { LEARNED } from './models/workspace/learned.ts';
import { WorkspaceModel } from './models/workspace/workspaceModel.ts';
import { EmbeddedRetriever } from './retrieval/embedded.ts';
import type { Retrieval } from './retrieval/retrieve.ts';
import { retrievalOf } from './retrieval/sources.ts';
import { Grammars } from './syntax/grammars.ts';
import { type LoadQuery, Outliner } from './syntax/outline.ts';
import { Shapes } from './syntax/shapes.ts';
import { Trees } from './syntax/trees.ts';

export interface ComposeOptions {
  readonly events: EngineEvents;
  /** Absolute path of the folder with `grammars/`; `syntaxes/` stands beside it. */
  readonly assets: string;
  /** Folder where the index is kept; without it nothing is. */
  readonly storage?: string;
  /** Folder where embedding models are kept for all workspaces; without it each keeps its own. */
  readonly models?: string;
  /** Address of the hub that embedding models are fetched from, if not the usual one. */
  readonly modelHub?: string;
  /** Folder of the feedback journal; without it nothing is recorded. */
  readonly feedback?: string;
  readonly indexer: 'threads' | 'in-process';
  /** Where the workspace is read from, if not from this machine's disk; only an indexer in process can do that. */
  readonly disk?: Disk;
  /** With `disk`: the text of a file of it without waiting, for the lines of a snippet. */
  readonly readNow?: (file: string) => string | undefined;
  readonly clock?: Clock;
  /**
   * What the guards may take for one judgement, in milliseconds, if not what somebody who types would wait. An evaluation
   * gives them time enough, so that what is offered does not depend on how busy the machine is.
   */
  readonly guardBudgetMs?: number;
  /**
   * Whether indexing gives way to who types, and to the battery, and retrieval's sources have their time. In a terminal
   * somebody waits for all of it.
   */
  readonly givesWay?: boolean;
  /** Whether the workspace model is given nothing by retrieval, to measure what that is worth. */
  readonly givesNothing?: boolean;
}

interface IndexerParts {
  readonly disk: Disk;
  readonly grammars: Grammars;
  readonly clock: Clock;
  readonly log: Log;
  readonly pacer?: Pacer;
}

/** Builds the engine: every `new`, in the order in which data flows. Its retrieval is there to be measured. */
export function compose(options: ComposeOptions): {
  readonly api: EngineApi;
  readonly retrieval: Retrieval;
  readonly index: IndexKeeper;
} {
  const { events, clock = systemClock, disk = nodeDisk, readNow = readFromDisk } = options;
  const elapsed = () => clock.elapsed();
  const log = logTo(events);
  const session = new Session();
  const grammars = new Grammars(file => readFile(join(options.assets, 'grammars', file)), log);
  const trees = new Trees(grammars, elapsed);
  const shared = { clock, log, ...(options.givesWay && { pacer: new Pacer(clock) }) };
  const onState = () => events.status(engine.status());
  const index: IndexKeeper = keeperOf(options, { ...shared, disk, grammars }, onState);
  const exclusions = new Exclusions({ paths: () => index.paths, globs: () => session.exclude, readNow });
  const documents = new Documents(file => index.paths.pathOf(file));
  const readText = (path: string) => {
    const file = index.paths.fileOf(path);
    return documents.atPath(path)?.text ?? (file && readNow(file));
  };

  const embedding = embeddingOf(options, { ...shared, index: () => index.index, readText, onState });
  const parts = { keeper: index, readText, savedText: readNow };
  const time = options.givesWay ? { elapsed } : {};
  const { retrieval, ...told } = retrievalOf({ ...parts, embedded: embedding?.retriever, ...time });

  const availability = new Availability(clock, message => events.outage({ message }));
  const models = new ModelSwitch(availability);
  const settled = () => index.progress.state === 'ready';
  const typings = typingsOf(disk, clock, () => index.paths);
  const known = new Knowledge({ index: () => index.index, settled, read: readText, typings });
  const past = new RecentPast(() => clock.now());
  const guards = guardsFor({ trees, elapsed, budgetMs: options.guardBudgetMs, past, known });
  const completer = new Completer({
    circumstances: () => circumstancesOf(session, clock, exclusions),
    surroundings: path => ({
      settingsEpoch: session.epoch,
      models: `${models.current(session.settings.model, session.apiKey)?.id ?? 'workspace'} ${embedding?.api.state.state ?? 'off'}`,
      indexGeneration: index.index.generationWithout(path),
    }),
    workspaceModel: workspaceModelOf(options, index, retrieval),
    leftOut: () => index.overCap,
    model: () => models.current(session.settings.model, session.apiKey),
    retrieve: (context, budget, trace) => retrieval.retrieve(context, budget, trace),
    guards,
    clock,
    newId: randomUUID,
    improved: at => events.improved(at),
    modelAnswered: failure => availability.answered(failure),
  });

  const feedback = new FeedbackRecorder(options.feedback, clock, log, () => session.name);
  const engine = new Engine({
    session,
    documents,
    index,
    exclusions,
    completer,
    checker: new Checker({ guards: Object.values(guards).flat(), grammars, trees, elapsed }),
    past,
    trees,
    ...told,
    availability,
    feedback,
    explain: (context, budget) => retrieval.explain(context, budget),
    clock,
    ...(embedding && { embedding: embedding.api }),
  });
  return { api: engine, retrieval, index };
}

function workspaceModelOf(
  { givesNothing }: ComposeOptions,
  index: IndexKeeper,
  retrieval: Retrieval,
): WorkspaceModel {
  const retrieve = (context: CompletionContext) => (givesNothing ? undefined : retrieval.gives(context));
  return new WorkspaceModel(() => index.index, LEARNED, retrieve);
}

/** Typings are no source of the workspace, and are read as they are asked for. */
function typingsOf(disk: Disk, clock: Clock, paths: () => WorkspacePaths): Typings {
  const read = async (path: string) => {
    const file = paths().fileOf(path);
    const bytes = file === undefined ? undefined : await disk.read(file).catch(() => undefined);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  return new Typings({ read, clock });
}

/** A chat model on a server: no part of the engine, but of what is made to judge it. */
export function composeChat(server: ChatServer): ReturnType<typeof chatModel> {
  return chatModel(server);
}

function circumstancesOf(
  { settings, workspace, snoozedUntil }: Session,
  clock: Clock,
  exclusions: Exclusions,
): Circumstances {
  return {
    settings,
    trusted: workspace.trusted,
    snoozed: clock.now() < snoozedUntil,
    secret: isSecretFile,
    excluded: path => exclusions.excludes(path),
  };
}

function keeperOf(options: ComposeOptions, parts: IndexerParts, onProgress: () => void): IndexKeeper {
  const { disk, grammars: _, ...shared } = parts;
  const { storage } = options;
  return new IndexKeeper({
    analyser: analyserOf(options, parts),
    disk,
    ...shared,
    stored: new StoredIndex(storage && join(storage, 'index.bin'), parts.clock, parts.log),
    ...(storage !== undefined && { records: new RecordStore(recordsIn(storage)) }),
    onProgress,
  });
}

/** The search by a transformer and its place among the retrievers; it does nothing until the user names a model. */
function embeddingOf(
  { assets, storage, models, modelHub = HUGGING_FACE }: ComposeOptions,
  parts: Pick<EmbeddingsParts, 'index' | 'readText' | 'clock' | 'log' | 'onState' | 'pacer'>,
): { readonly retriever: EmbeddedRetriever; readonly api: Embedding } | undefined {
  if (storage === undefined) return undefined;
  const program = join(assets, 'embedder.cjs');
  const embeddings = new Embeddings({
    ...parts,
    start: () => startEmbedder(program),
    root: program,
    hub: modelHub,
    storage,
    models: models ?? join(storage, 'models'),
  });
  const retriever = new EmbeddedRetriever(embeddings);
  const api: Embedding = {
    get state() {
      return embeddings.state;
    },
    use: model => embeddings.use(model),
    async prepare(context, signal) {
      await embeddings.settled(signal);
      if (embeddings.state.state === 'ready') await retriever.prepare(context, signal);
    },
    shutdown: () => embeddings.shutdown(),
  };
  return { retriever, api };
}

const recordsIn = (storage: string) => join(storage, 'records');

function analyserOf(
  { indexer, assets, storage }: ComposeOptions,
  { disk, grammars, clock, log }: IndexerParts,
): Analyser {
  const records = storage === undefined ? {} : { records: recordsIn(storage) };
  if (indexer === 'in-process') {
    const outliner = new Outliner(grammars, queriesIn(assets));
    const kept = records.records === undefined ? undefined : new RecordStore(records.records);
    return new InProcessAnalyser(disk, { grammars, outliner }, kept);
  }
  const places = { grammars: join(assets, 'grammars'), queries: join(assets, '..', 'syntaxes'), ...records };
  const program = join(assets, 'indexer.cjs');
  return splitAnalyser({ program, places, cores: availableParallelism(), clock, log });
}

/** What finds calls, conditions and the like in a text, for holes that are cut by syntax. */
export function composeShapes(assets: string): Shapes {
  return new Shapes(new Grammars(file => readFile(join(assets, 'grammars', file))), queriesIn(assets));
}

const queriesIn =
  (assets: string): LoadQuery =>
  (language, name) =>
    readFromDisk(join(assets, '..', 'syntaxes', language, `${name}.scm`));

/** A file's text now, for the few lines of a snippet; undefined if it cannot be had. */
function readFromDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function logTo(events: EngineEvents): Log {
  return {
    info: message => events.log({ level: 'info', message }),
    warn: message => events.log({ level: 'warn', message }),
    error: message => events.log({ level: 'error', message }),
  };
}
