import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/clock.ts';
import { emitter, serve } from '../base/port.ts';
import { Pacer } from '../indexing/pacer.ts';
import type { EvaluationApi, EvaluationEvents } from './api.ts';
import type { EvaluationPlaces } from './client.ts';
import { evaluateRepository } from './evaluation.ts';
import { reportHtml, reportSentence } from './report.ts';

// Evaluations on a thread of their own, with an engine of their own: the user's engine and editor know nothing of them.
// `client.ts` starts this program.
if (!parentPort) throw new Error('This program runs as a worker thread of Wisp only.');
const { assets } = workerData as EvaluationPlaces;
const events = emitter<EvaluationEvents>(parentPort);

/** Pauses between two holes: at most so long, so that a slow model is not waited for twice. */
const LONGEST_BREATH_MS = 50;
const NICE = 10;

// On Linux a thread has a priority of its own. Elsewhere it would be that of all of the editor's extensions.
if (process.platform === 'linux') {
  try {
    setPriority(0, NICE);
  } catch {
    // Where it is forbidden, the pauses must do.
  }
}

/** Nobody types for so long without a pause. */
const PATIENCE_MS = 30_000;
const pacer = new Pacer(systemClock, { patienceMs: PATIENCE_MS });

let running: AbortController | undefined;

const api: EvaluationApi = {
  async run(job) {
    if (running) throw new Error('An evaluation is running already.');
    running = new AbortController();
    try {
      const { signal } = running;
      const host = { assets, clock: systemClock, events, signal, breathe: breathing(signal) };
      const data = await evaluateRepository(job, host);
      const { n, partial } = data.summary;
      return { html: reportHtml(data, randomUUID()), sentence: reportSentence(data), asked: n, partial };
    } finally {
      running = undefined;
    }
  },
  stop: () => running?.abort(),
  typed: () => pacer.typed(),
};

/**
 * Waits while the user types, and rests as long as was worked since the last rest, within bounds, so that half of the
 * thread's time is others'.
 */
function breathing(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    await pacer.turn(signal).catch(() => {});
    await pause(Math.min(LONGEST_BREATH_MS, performance.now() - since));
    since = performance.now();
  };
}

serve(parentPort, api);
