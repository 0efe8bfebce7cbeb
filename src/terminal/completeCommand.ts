import { describe, suggestionOf } from '../domain/outcome.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Answer } from '../engine/api.ts';
import type { Command } from './command.ts';
import { ENGINE_OPTIONS, withEngine } from './engine.ts';
import { indented, milliseconds } from './layout.ts';
import { folderAt, type Place, readPlace, withoutRestOfLine } from './place.ts';

export const completeCommand: Command = {
  name: 'complete',
  operands: ['DIR', 'FILE:LINE:COL'],
  summary: 'Ask for a suggestion at a place and show where it comes from.',
  options: {
    ...ENGINE_OPTIONS,
    cut: { help: 'Ask as if the rest of that line were not written yet.' },
  },
  async run(input, host) {
    const [folder, given] = input.operands;
    const directory = await folderAt(folder!);
    const read = await readPlace(directory, given!);
    const place = input.options.cut ? withoutRestOfLine(read) : read;
    const { document, position } = place;
    return withEngine(directory, input, host, async ({ engine }) => {
      await engine.open(document);
      await engine.indexed({}, host.signal);
      const start = host.clock.elapsed();
      const answer = await engine.complete(
        { id: 'terminal', uri: document.uri, version: document.version, position, trigger: 'invoked' },
        host.signal,
      );
      const ms = host.clock.elapsed() - start;
      const failed = answer.outcome.kind === 'failed';
      return {
        json: asJson(answer, ms),
        text: told(place, answer, ms),
        ...(failed ? { incomplete: 'The model could not answer.' } : {}),
      };
    });
  },
};

function asJson({ outcome, trace }: Answer, ms: number) {
  const suggestion = suggestionOf(outcome);
  return {
    suggestions: suggestion ? [suggestionAsJson(suggestion)] : [],
    outcome: outcome.kind,
    reason: suggestion ? null : describe(outcome),
    trace,
    ms,
  };
}

function suggestionAsJson({ text, range: { start, end }, source, confidence, provenance }: Suggestion) {
  const range = {
    startLine: start.line + 1,
    startCol: start.character + 1,
    endLine: end.line + 1,
    endCol: end.character + 1,
  };
  return { text, range, source, confidence, provenance };
}

function told({ document, position }: Place, { outcome }: Answer, ms: number): string {
  const suggestion = suggestionOf(outcome);
  if (!suggestion) return `${describe(outcome)} (${milliseconds(ms)})`;
  const { text, source, confidence, provenance } = suggestion;
  const before = document.text.split('\n')[position.line]!.slice(0, position.character);
  return [
    indented(`${before}▏${text}`),
    `By ${source}, ${(100 * confidence).toFixed(0)} % sure, in ${milliseconds(ms)}.`,
    ...provenance.map(
      ({ path, startLine, endLine, retriever }) =>
        `  ${path}:${startLine}${endLine > startLine ? `-${endLine}` : ''} (${retriever})`,
    ),
  ].join('\n');
}
