// The indexer's worker on a disk where some files kill it, make it hang or fail to be read.
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { emitter, serve } from '../../../src/base/port.ts';
import { InProcessAnalyser } from '../../../src/indexing/analyser.ts';
import { nodeDisk } from '../../../src/indexing/disk.ts';
import { callsOf, type IndexerEvents } from '../../../src/indexing/threadAnalyser.ts';

const read = (file: string) => {
  if (file.endsWith('exits.ts')) process.exit(9);
  if (file.endsWith('throws.ts')) setImmediate(() => Promise.reject(new Error('nobody catches this')));
  if (file.endsWith('hangs.ts')) {
    writeFileSync(`${file}.reached`, '');
    for (;;);
  }
  return nodeDisk.read(file);
};
serve(parentPort!, callsOf(new InProcessAnalyser({ read })));
emitter<IndexerEvents>(parentPort!).ready(undefined);
