import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../base/log.ts';
import type { Channel } from '../base/port.ts';
import { processChannel } from '../base/processChannel.ts';
import type { IndexerPlaces } from './indexerCalls.ts';

/** A running program of the indexer (`program.ts`), wherever it runs. */
export interface IndexerHost {
  readonly channel: Channel;
  /** Calls `listener` once it is gone, whoever ended it, with the reason in a few words. */
  onGone(listener: (why: string) => void): void;
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}

const ENDED_ITSELF = 'it ended by itself';
/** Room for what is made and soon forgotten: with V8's usual 48 a thread holds 50 MB more and is no faster. */
const YOUNG_MB = 8;

/** On a thread of this process: a few milliseconds to start and some 20 MB, but what it leaves behind is never given back. */
export function hostInThread(script: string, places: IndexerPlaces): IndexerHost {
  const worker = new Worker(script, {
    workerData: places,
    execArgv: [],
    name: 'wisp indexer',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let why = ENDED_ITSELF;
  worker.on('error', error => {
    why = messageOf(error);
  });
  return {
    channel: worker,
    onGone: listener => worker.on('exit', () => listener(why)),
    end: async () => void (await worker.terminate()),
  };
}

/**
 * Of what the C library keeps for later, which is most of what a process holds that compiles much: as one heap, and given
 * back once it is more than this. Other systems have other variables.
 */
const FRUGAL = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: String(128 * 1024) };
/** A third of the young generation: with 2 collecting takes 8 % of the time instead of 6, with 8 there are 6 MB more. */
const SEMI_SPACE_MB = 4;
/** Eight times what it uses: V8 lets garbage lie by what it may take, and with its usual gigabytes that is 14 MB more. */
const OLD_SPACE_MB = 192;

/** In a process of its own, whose memory is all given back, and whose V8 may be told what a guest may not tell it. */
export function hostInProcess(script: string, places: IndexerPlaces): IndexerHost {
  const child = fork(script, [JSON.stringify(places)], {
    execArgv: [`--max-semi-space-size=${SEMI_SPACE_MB}`, `--max-old-space-size=${OLD_SPACE_MB}`],
    // VS Code's own program is asked to be Node.
    env: { ...process.env, ...FRUGAL, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const gone = new Promise<string>(resolve => {
    child.on('error', error => resolve(messageOf(error)));
    child.on('exit', (code, signal) => resolve(signal ?? (code === 0 ? ENDED_ITSELF : `exit code ${code}`)));
  });
  return {
    channel: processChannel(child),
    onGone: listener => void gone.then(listener),
    async end() {
      // It only reads: nothing is lost.
      child.kill('SIGKILL');
      await gone;
    },
  };
}
