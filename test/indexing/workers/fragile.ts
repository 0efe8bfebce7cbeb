// The indexer's program on a disk where some files kill it, make it hang or fail to be read.
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { type Channel, emitter, serve } from '../../../src/base/port.ts';
import { processChannel } from '../../../src/base/processChannel.ts';
import { InProcessAnalyser } from '../../../src/indexing/analyser.ts';
import { nodeDisk } from '../../../src/indexing/disk.ts';
import { callsOf, type IndexerEvents } from '../../../src/indexing/indexerCalls.ts';

const read = (file: string) => {
  if (file.endsWith('exits.ts')) process.exit(9);
  if (file.endsWith('throws.ts')) setImmediate(() => Promise.reject(new Error('nobody catches this')));
  if (file.endsWith('hangs.ts')) {
    writeFileSync(`${file}.reached`, '');
    for (;;);
  }
  return nodeDisk.read(file);
};
const channel: Channel = parentPort ?? processChannel(process);
serve(channel, callsOf(new InProcessAnalyser({ read })));
emitter<IndexerEvents>(channel).ready(undefined);
