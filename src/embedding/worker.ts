import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../base/port.ts';
import { Embedder, type EmbedderPlaces } from './embedder.ts';
import { openOnnxEncoder } from './onnxEncoder.ts';
import type { EmbedderCalls } from './threadEmbedder.ts';
import { VectorStore } from './vectorStore.ts';

// The embedder on its own thread. `threadEmbedder.ts` starts this program.
if (!parentPort) throw new Error('This program runs as a worker thread of Wisp only.');
const places = workerData as EmbedderPlaces;
let opening: Promise<Embedder> | undefined;
const embedder = () => {
  opening ??= (async () => {
    const encoder = await openOnnxEncoder(places.model, places.name, places.root);
    return new Embedder(encoder, await VectorStore.open(places.store, encoder.dimensions));
  })();
  return opening;
};
serve<EmbedderCalls>(parentPort, {
  ready: async () => void (await embedder()),
  missing: async keys => (await embedder()).missing(keys),
  embed: async passages => (await embedder()).embed(passages),
  place: async file => (await embedder()).place(file),
  search: async query => (await embedder()).search(query),
});
