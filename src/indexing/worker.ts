import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { emitter, serve } from '../base/port.ts';
import { Grammars } from '../syntax/grammars.ts';
import { Outliner } from '../syntax/outline.ts';
import { InProcessAnalyser } from './analyser.ts';
import { nodeDisk } from './disk.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import { RecordStore } from './recordStore.ts';
import { callsOf, type IndexerEvents, type IndexerPlaces } from './threadAnalyser.ts';

// An analyser on its own thread: a pure analyser and a port, nothing else. `threadAnalyser.ts` starts this program.
if (!parentPort) throw new Error('This program runs as a worker thread of Wisp only.');
const places = workerData as IndexerPlaces;
const grammars = new Grammars(file => readFile(join(places.grammars, file)));
const outliner = new Outliner(grammars, (language, name) => {
  try {
    return readFileSync(join(places.queries, language, `${name}.scm`), 'utf8');
  } catch {
    return undefined;
  }
});
const records = places.records === undefined ? undefined : new RecordStore(places.records);
const analyser = new InProcessAnalyser(nodeDisk, { grammars, outliner }, records);
serve(parentPort, callsOf(analyser), output =>
  [output as FileRecord | Skipped | undefined | readonly (FileRecord | Skipped)[]]
    .flat()
    .flatMap(result => (result && 'tokens' in result ? [result.tokens.buffer as ArrayBuffer] : [])),
);
emitter<IndexerEvents>(parentPort).ready(undefined);
