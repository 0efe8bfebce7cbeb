import type { Snippet } from '../domain/snippet.ts';
import { type Command, numberOption } from './command.ts';
import { ENGINE_OPTIONS, withEngine } from './engine.ts';
import { indented, milliseconds } from './layout.ts';
import { folderAt, readPlace } from './place.ts';

const { settings, store } = ENGINE_OPTIONS;

export const searchCommand: Command = {
  name: 'search',
  operands: ['DIR', 'FILE:LINE:COL'],
  summary: 'Show the snippets that a prompt at a place would get.',
  options: {
    budget: { value: 'TOKENS', help: 'Tokens that the snippets may take together (default: 1024).' },
    settings: settings!,
    store: store!,
  },
  async run(input, host) {
    const [folder, given] = input.operands;
    const budget = numberOption(input, 'budget', 1, 1_024);
    const directory = await folderAt(folder!);
    const { document, position } = await readPlace(directory, given!);
    return withEngine(directory, input, host, async ({ engine }) => {
      await engine.open(document);
      await engine.indexed({}, host.signal);
      const start = host.clock.elapsed();
      const snippets = await engine.search({ uri: document.uri, position, budget }, host.signal);
      const ms = host.clock.elapsed() - start;
      const tokens = snippets.reduce((sum, snippet) => sum + snippet.tokens, 0);
      return { json: { snippets, tokens, budget, ms }, text: told(snippets, tokens, ms) };
    });
  },
};

function told(snippets: readonly Snippet[], tokens: number, ms: number): string {
  if (snippets.length === 0) return `Nothing was found (${milliseconds(ms)}).`;
  return [
    ...snippets.map(
      ({ path, startLine, endLine, retriever, score, tokens: own, text }) =>
        `${path}:${startLine}-${endLine}  ${retriever} ${score.toFixed(2)}, ${own} tokens\n${indented(text)}\n`,
    ),
    `${snippets.length} snippets, ${tokens} tokens, ${milliseconds(ms)}.`,
  ].join('\n');
}
