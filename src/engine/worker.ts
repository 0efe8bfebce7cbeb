import { parentPort, workerData } from 'node:worker_threads';
import { emitter, serve } from '../base/port.ts';
import { compose } from '../compose.ts';
import type { EngineEvents } from './api.ts';
import type { EnginePlaces } from './client.ts';

// The engine on its own thread: a pure engine and a port, nothing else. `client.ts` starts this program.
if (!parentPort) throw new Error('This program runs as a worker thread of Wisp only.');
const places = workerData as EnginePlaces;
const events = emitter<EngineEvents>(parentPort);
serve(parentPort, compose({ ...places, events, indexer: 'threads', givesWay: true }).api);
