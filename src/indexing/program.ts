import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { silentLog } from '../base/log.ts';
import { type Channel, emitter, serve } from '../base/port.ts';
import { processChannel } from '../base/processChannel.ts';
import { Grammars } from '../syntax/grammars.ts';
import { leavesHugeLexers } from '../syntax/hugeLexers.ts';
import { Outliner } from '../syntax/outline.ts';
import { InProcessAnalyser } from './analyser.ts';
import { nodeDisk } from './disk.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import { callsOf, type IndexerEvents, type IndexerPlaces } from './indexerCalls.ts';
import { RecordStore } from './recordStore.ts';

// An analyser on its own thread or in its own process: a pure analyser and a port, nothing else. `indexerHosts.ts`
// starts this program.
const channel: Channel = parentPort ?? processChannel(process);
const places = (parentPort ? workerData : JSON.parse(process.argv[2]!)) as IndexerPlaces;
const load = (file: string) => readFile(join(places.grammars, file));
const grammars = new Grammars(load, silentLog, parentPort ? undefined : leavesHugeLexers(load));
const outliner = new Outliner(grammars, (language, name) => {
  try {
    return readFileSync(join(places.queries, language, `${name}.scm`), 'utf8');
  } catch {
    return undefined;
  }
});
const records = places.records === undefined ? undefined : new RecordStore(places.records);
const analyser = new InProcessAnalyser(nodeDisk, { grammars, outliner }, records);
serve(channel, callsOf(analyser), output =>
  [output as FileRecord | Skipped | undefined | readonly (FileRecord | Skipped)[]]
    .flat()
    .flatMap(result => (result && 'tokens' in result ? [result.tokens.buffer as ArrayBuffer] : [])),
);
// Whoever started the process is gone.
if (!parentPort) process.on('disconnect', () => process.exit());
emitter<IndexerEvents>(channel).ready(undefined);
