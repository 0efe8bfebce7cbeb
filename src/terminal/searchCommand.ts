import type { Retrieved } from '../domain/snippet.ts';
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
      const { snippets, leftOut, late } = await engine.search(
        { uri: document.uri, position, budget },
        host.signal,
      );
      const ms = host.clock.elapsed() - start;
      const tokens = snippets.reduce((sum, snippet) => sum + snippet.tokens, 0);
      return {
        json: { snippets, leftOut, late, tokens, budget, ms },
        text: told({ snippets, leftOut, late }, tokens, ms),
      };
    });
  },
};

/** Places left out that a person is told of. */
const MOST_LEFT_OUT = 10;

function told(
  { snippets, leftOut, late }: Pick<Retrieved, 'snippets' | 'leftOut' | 'late'>,
  tokens: number,
  ms: number,
): string {
  const notAsked = late.length > 0 ? [`not asked, for time was over: ${late.join(', ')}`] : [];
  if (snippets.length === 0)
    return [`Nothing was found that the file does not say already (${milliseconds(ms)}).`, ...notAsked].join(
      '\n',
    );
  return [
    ...snippets.map(
      ({ path, startLine, endLine, retriever, score, tokens: own, text }) =>
        `${path}:${startLine}-${endLine}  ${retriever} ${score.toFixed(2)}, ${own} tokens\n${indented(text)}\n`,
    ),
    ...leftOut
      .slice(0, MOST_LEFT_OUT)
      .map(
        ({ path, startLine, endLine, retriever, why }) =>
          `left out: ${path}:${startLine}-${endLine}  ${retriever}, ${why}`,
      ),
    ...notAsked,
    `${snippets.length} snippets, ${tokens} tokens, ${milliseconds(ms)}; ${leftOut.length} places left out.`,
  ].join('\n');
}
