import { serve } from '../base/port.ts';
import { processChannel } from '../base/processChannel.ts';
import { Embedder } from './embedder.ts';
import type { EmbedderCalls } from './embedderProcess.ts';
import { openOnnxEncoder } from './onnxEncoder.ts';
import { VectorStore } from './vectorStore.ts';

// The embedder's program. `embedderProcess.ts` runs it.
if (!process.send) throw new Error('This program is run by Wisp only.');
// Wisp is gone. The native runtime, perhaps at work, would not end in peace.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

let opened: Embedder | undefined;
const embedder = (): Embedder => {
  if (!opened) throw new Error('The embedder has no model yet.');
  return opened;
};
serve<EmbedderCalls>(processChannel(process), {
  async open({ model, name, store, root }) {
    const encoder = await openOnnxEncoder(model, name, root);
    opened = new Embedder(encoder, await VectorStore.open(store, encoder.dimensions));
  },
  missing: async keys => embedder().missing(keys),
  embed: async passages => embedder().embed(passages),
  place: async file => embedder().place(file),
  search: async query => embedder().search(query),
});
