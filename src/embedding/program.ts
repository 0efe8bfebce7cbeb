import { type Channel, serve } from '../base/port.ts';
import { Embedder } from './embedder.ts';
import type { EmbedderCalls } from './embedderProcess.ts';
import { openOnnxEncoder } from './onnxEncoder.ts';
import { VectorStore } from './vectorStore.ts';

// The embedder's program. `embedderProcess.ts` runs it.
if (!process.send) throw new Error('This program is run by Wisp only.');
const channel: Channel = {
  postMessage: message => void process.send!(message),
  on: (event, listener) => process.on(event, message => listener(message as Parameters<typeof listener>[0])),
};
// Wisp is gone. The native runtime, perhaps at work, would not end in peace.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

let opened: Embedder | undefined;
const embedder = (): Embedder => {
  if (!opened) throw new Error('The embedder has no model yet.');
  return opened;
};
serve<EmbedderCalls>(channel, {
  async open({ model, name, store, root }) {
    const encoder = await openOnnxEncoder(model, name, root);
    opened = new Embedder(encoder, await VectorStore.open(store, encoder.dimensions));
  },
  missing: async keys => embedder().missing(keys),
  embed: async passages => embedder().embed(passages),
  place: async file => embedder().place(file),
  search: async query => embedder().search(query),
});
