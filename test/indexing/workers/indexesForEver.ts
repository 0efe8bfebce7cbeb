// Indexes a folder, changes a file and stores the index, again and again, until it is killed. Tells of every store.
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import { InProcessAnalyser } from '../../../src/indexing/analyser.ts';
import { nodeDisk } from '../../../src/indexing/disk.ts';
import { IndexKeeper } from '../../../src/indexing/indexKeeper.ts';
import { RecordStore } from '../../../src/indexing/recordStore.ts';
import { StoredIndex } from '../../../src/indexing/storedIndex.ts';

const [directory, store] = process.argv.slice(2) as [string, string];
const records = new RecordStore(join(store, 'records'));
const stored = new StoredIndex(join(store, 'index.bin'), systemClock, silentLog);
const keeper = new IndexKeeper({
  analyser: new InProcessAnalyser(nodeDisk, undefined, records),
  disk: nodeDisk,
  clock: systemClock,
  log: silentLog,
  stored,
  records,
  onProgress: () => {},
});
keeper.open([{ name: 'src', directory }], { exclude: [], maxFileBytes: 1e6, maxSourceBytes: 1e9 });
const { signal } = new AbortController();
await keeper.settled(signal);
const files = readdirSync(directory, { withFileTypes: true }).flatMap(entry =>
  entry.isFile() ? entry.name : [],
);
for (let round = 0; ; round++) {
  await stored.save(keeper.index);
  process.stdout.write('.');
  const file = join(directory, files[round % files.length]!);
  appendFileSync(file, `const round${round} = ${round};\n`);
  keeper.filesChanged([file]);
  await keeper.settled(signal);
}
