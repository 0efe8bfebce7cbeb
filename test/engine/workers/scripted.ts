import { parentPort } from 'node:worker_threads';
import { emitter, serve } from '../../../src/base/port.ts';
import type { EngineApi, EngineEvents } from '../../../src/engine/api.ts';

/**
 * An engine that keeps what it was told, in order, and answers a question with that record. The id of a question makes
 * it do worse: `die`, `hang`, `throw`, `outgrow` its memory or `wait` for ever.
 */
const told: { where: string; what: string }[] = [];
const report = { files: 0, chunks: 0, bytes: 0, skipped: {}, seconds: 0, fromCache: 0 };
const events = emitter<EngineEvents>(parentPort!);

const api: Partial<EngineApi> = {
  async complete(request, signal) {
    if (request.id === 'die') process.exit(3);
    if (request.id === 'hang') for (;;);
    if (request.id === 'throw') throw new Error('The scripted engine throws.');
    if (request.id === 'outgrow')
      for (const hoard: number[][] = []; ; ) hoard.push(new Array(100_000).fill(1.5));
    if (request.id === 'wait') await new Promise(resolve => signal.addEventListener('abort', resolve));
    const trace = { requestId: request.id, stages: [], notes: told, retrieved: [], ms: 0 };
    return { outcome: { kind: 'empty', reason: 'this engine is a script' }, trace };
  },
  async reindex() {
    return new Promise(() => {});
  },
  status: () => ({ index: { state: 'ready' }, report, model: 'none', embedding: { state: 'off' } }),
  async shutdown() {
    events.log({ level: 'info', message: 'shut down' });
  },
};

const tell = (where: string) => (input: unknown) => {
  told.push({ where, what: JSON.stringify(input) });
  if (where === 'change' && JSON.stringify(input).includes('misfit'))
    throw new Error('This edit does not fit.');
};
const methods = ['configure', 'openWorkspace', 'open', 'change', 'saved', 'close', 'snooze', 'cursorMoved'];
serve(parentPort!, { ...Object.fromEntries(methods.map(name => [name, tell(name)])), ...api });
