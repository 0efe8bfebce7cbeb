import { type ResourceLimits, Worker } from 'node:worker_threads';
import { isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import { type Connection, connect, type Remote } from '../base/port.ts';
import type { CompletionRequest } from '../domain/request.ts';
import type { Answer, EngineApi, EngineEvents, OpenDocument } from './api.ts';

/** Where the engine finds and keeps its files; absolute paths. */
export interface EnginePlaces {
  /** The folder with `grammars/`. */
  readonly assets: string;
  /** The folder of the stored index. */
  readonly storage: string;
  /** The folder where embedding models are kept for all workspaces. */
  readonly models: string;
  /** The folder of the feedback journal. */
  readonly feedback: string;
}

/** `starting` until the worker's first answer; `down` when it died too often and waits for `restart`. */
export type EngineState = 'starting' | 'running' | 'restarting' | 'down';

/** In milliseconds. */
export interface ClientTiming {
  /** Between two heartbeats while calls wait for an answer. */
  readonly beat: number;
  /** Before the first restart; every further death doubles it. */
  readonly backOff: number;
  /** What `stop` gives the worker to write what is pending. */
  readonly farewell: number;
}

export interface EngineClientOptions {
  /** Absolute path of the worker's program. */
  readonly script: string;
  readonly places: EnginePlaces;
  readonly events: EngineEvents;
  /** The documents that are open now, as they are now; only the one named by `uri` if it is given. */
  readonly snapshot: (uri?: string) => readonly OpenDocument[];
  readonly onState: (state: EngineState) => void;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing?: Partial<ClientTiming>;
  readonly limits?: ResourceLimits;
}

/** The engine's answer to a call that a dead worker can no longer give. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
  constructor() {
    super('The engine is not running; try again in a moment.');
  }
}

/** `deactivate` may take five seconds in VS Code; two leave room for others. */
const USUAL_TIMING: ClientTiming = { beat: 2_000, backOff: 250, farewell: 2_000 };
/**
 * The index lives in typed arrays outside this heap, so a heap of this size is a leak and not a large workspace. With V8's
 * usual room for what is soon forgotten the engine held 70 MB more, and answered no faster.
 */
const USUAL_LIMITS: ResourceLimits = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 8 };
/** Silence is counted in beats and not by the clock: after a laptop has slept, one late beat is no proof of death. */
const MISSED_BEATS = 5;
const MOST_DEATHS = 5;
const DEATHS_WITHIN_MS = 5 * 60_000;

/** Calls that carry state, which a new worker gets from `#spawn`; a worker that dies under them loses nothing. */
const CARRIED_OVER: ReadonlySet<string> = new Set<keyof EngineApi>([
  'configure',
  'openWorkspace',
  'open',
  'change',
  'saved',
  'close',
  'filesChanged',
  'snooze',
  'withheld',
  'accepted',
  'dismissed',
  'cursorMoved',
  'copied',
  'resolved',
]);

interface Running {
  readonly worker: Worker;
  readonly connection: Connection<EngineApi>;
  waiting: number;
  missed: number;
  callOffBeat: (() => void) | undefined;
}

/**
 * The engine on a worker thread that may die. A dead or silent worker is replaced, with growing pauses, and told again
 * what its predecessor knew. Calls that only tell the engine something never reject; `complete` ends as an outcome;
 * the others reject with `EngineLost` when there is no worker to answer them.
 */
export class EngineClient {
  readonly remote: Remote<EngineApi>;
  readonly #options: EngineClientOptions;
  readonly #timing: ClientTiming;
  readonly #known: { [K in keyof EngineApi]?: Parameters<EngineApi[K]>[0] } = {};
  #running: Running | undefined;
  #deaths: number[] = [];
  #callOffRestart: (() => void) | undefined;
  #stopped = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#timing = { ...USUAL_TIMING, ...options.timing };
    this.remote = new Proxy({} as Remote<EngineApi>, {
      // A promise would ask for `then`; a remote is not one.
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (input: never, signal?: AbortSignal) => this.#call(method as keyof EngineApi, input, signal)
          : undefined,
    });
  }

  /** Starts the worker and tells it what was said so far and which documents are open. */
  start(): void {
    if (!this.#running && !this.#stopped) this.#spawn();
  }

  /** Replaces the worker at the user's wish; earlier deaths are forgiven. */
  restart(): void {
    this.#deaths = [];
    this.#release();
    this.start();
  }

  /** Lets the worker write what is pending, for a bounded time, and ends it for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const running = this.#running;
    if (running) {
      const inTime = new Promise<void>(resolve => {
        this.#options.clock.after(this.#timing.farewell, resolve);
      });
      await Promise.race([running.connection.remote.shutdown({}).catch(() => {}), inTime]);
    }
    await this.#release();
  }

  #spawn(): void {
    this.#callOffRestart = undefined;
    this.#options.onState('starting');
    const running = this.#open();
    this.#running = running;
    const { remote } = running.connection;
    const { configure, openWorkspace, snooze } = this.#known;
    if (configure) this.#tell(remote.configure(configure));
    if (snooze) this.#tell(remote.snooze(snooze));
    if (openWorkspace) this.#tell(remote.openWorkspace(openWorkspace));
    for (const document of this.#options.snapshot()) this.#tell(remote.open(document));
    this.remote.status({}).then(
      status => {
        if (this.#running !== running) return;
        this.#options.onState('running');
        this.#options.events.status(status);
      },
      // The worker's death is told by its exit.
      () => {},
    );
  }

  #open(): Running {
    const { script, places, events, log, limits = USUAL_LIMITS } = this.#options;
    const worker = new Worker(script, {
      workerData: places,
      resourceLimits: limits,
      execArgv: [],
      name: 'wisp engine',
    });
    // A worker that was given up may still have words in the post.
    const relay =
      <T>(listener: (input: T) => void) =>
      (input: T) => {
        if (this.#running?.worker === worker) listener(input);
      };
    const connection = connect<EngineApi, EngineEvents>(worker, {
      status: relay(status => events.status(status)),
      improved: relay(at => events.improved(at)),
      outage: relay(outage => events.outage(outage)),
      log: relay(line => events.log(line)),
    });
    const running: Running = { worker, connection, waiting: 0, missed: 0, callOffBeat: undefined };
    worker.on('error', error => log.error('The engine failed.', error));
    worker.on('exit', code => this.#died(running, `it exited with code ${code}`));
    return running;
  }

  async #call(method: keyof EngineApi, input: never, signal?: AbortSignal): Promise<unknown> {
    if (method === 'configure' || method === 'openWorkspace' || method === 'snooze') {
      this.#known[method] = input;
    }
    const running = this.#running;
    try {
      if (!running) throw new EngineLost();
      running.waiting++;
      this.#awaitBeat(running);
      return await running.connection.remote[method](input, signal);
    } catch (error) {
      if (method === 'complete') return unanswered(input, error);
      if (!CARRIED_OVER.has(method)) throw error;
      if (!(error instanceof EngineLost)) this.#mend(method, input, error);
      return undefined;
    } finally {
      if (running) running.waiting--;
    }
  }

  /** A change that the engine could not apply has left its copy of the document wrong: the whole text mends it. */
  #mend(method: keyof EngineApi, input: { readonly uri?: string }, error: unknown): void {
    this.#options.log.error(`The engine could not take '${method}'.`, error);
    if (method !== 'change' || !this.#running) return;
    for (const document of this.#options.snapshot(input.uri)) {
      this.#tell(this.#running.connection.remote.open(document));
    }
  }

  #tell(call: Promise<unknown>): void {
    call.catch(error => {
      if (!(error instanceof EngineLost)) this.#options.log.error('The engine could not be told.', error);
    });
  }

  /** Listens for the worker's pulse as long as somebody waits for it. */
  #awaitBeat(running: Running): void {
    running.callOffBeat ??= this.#options.clock.after(this.#timing.beat, () => {
      running.callOffBeat = undefined;
      if (running !== this.#running) return;
      if (running.waiting === 0) {
        running.missed = 0;
        return;
      }
      if (running.missed >= MISSED_BEATS) {
        this.#died(running, `it gave no answer for ${(MISSED_BEATS * this.#timing.beat) / 1000} s`);
        return;
      }
      running.missed++;
      running.connection.remote.status({}).then(
        () => {
          running.missed = 0;
        },
        () => {},
      );
      this.#awaitBeat(running);
    });
  }

  #died(running: Running, reason: string): void {
    if (running !== this.#running) return;
    this.#release();
    if (this.#stopped) return;
    const { clock, log, onState } = this.#options;
    const now = clock.now();
    this.#deaths = [...this.#deaths.filter(at => now - at < DEATHS_WITHIN_MS), now];
    if (this.#deaths.length > MOST_DEATHS) {
      log.error(
        `The engine died: ${reason}. It died too often and stays down until it is restarted by hand.`,
      );
      onState('down');
      return;
    }
    const pause = this.#timing.backOff * 2 ** (this.#deaths.length - 1);
    log.warn(`The engine died: ${reason}. It is restarted in ${pause} ms.`);
    onState('restarting');
    this.#callOffRestart = clock.after(pause, () => this.#spawn());
  }

  /** Parts with the present worker; every call that waits for it ends. */
  #release(): Promise<unknown> {
    this.#callOffRestart?.();
    this.#callOffRestart = undefined;
    const running = this.#running;
    this.#running = undefined;
    running?.callOffBeat?.();
    running?.connection.fail(new EngineLost());
    return running?.worker.terminate() ?? Promise.resolve();
  }
}

/** The ending of a question that the engine did not answer. */
function unanswered(request: CompletionRequest, error: unknown): Answer {
  return {
    outcome: isAbort(error)
      ? { kind: 'cancelled' }
      : { kind: 'failed', failure: 'internal', message: messageOf(error) },
    trace: { requestId: request.id, stages: [], notes: [], retrieved: [], ms: 0 },
  };
}
