// The indexer's worker with the grammars of the packages in place of those that a build puts into dist/.
import { parentPort } from 'node:worker_threads';
import { emitter, serve } from '../../src/base/port.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import type { IndexerEvents } from '../../src/indexing/threadAnalyser.ts';
import { Grammars } from '../../src/syntax/grammars.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { readGrammar, readQuery } from './grammars.ts';

const grammars = new Grammars(readGrammar);
const outliner = new Outliner(grammars, readQuery);
serve(parentPort!, new InProcessAnalyser(nodeDisk, { grammars, outliner }));
emitter<IndexerEvents>(parentPort!).ready(undefined);
