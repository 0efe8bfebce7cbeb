import type { LeftOut, Retrieved, Snippet } from '../domain/snippet.ts';

/** A document about what was retrieved, and where in it a file is named. */
export interface RetrievedText {
  readonly text: string;
  readonly links: readonly RetrievedLink[];
}

export interface RetrievedLink {
  /** Zero-based line of the document, and the columns of the name, end excluded. */
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** Path within the workspace, and the line in the file, from 1. */
  readonly path: string;
  readonly line: number;
}

/** Places left out that are told; the rest is counted. */
const MOST_LEFT_OUT = 30;

const WHY: Readonly<Record<LeftOut['why'], string>> = {
  'no room': 'no room in the budget',
  'nothing new': 'says nothing that is not said already',
  'too many of the file': 'enough of this file is shown',
};

/** What a request at a place would tell a model of the workspace, as Markdown; the best snippet stands first. */
export function retrievedText(
  { snippets, leftOut, budget, late }: Retrieved,
  at: { readonly path: string; readonly line: number },
): RetrievedText {
  const tokens = snippets.reduce((sum, snippet) => sum + snippet.tokens, 0);
  const lines = [`# Retrieved for ${at.path}, line ${at.line}`, ''];
  const links: RetrievedLink[] = [];
  const place = (before: string, { path, startLine, endLine }: Snippet | LeftOut, after: string) => {
    const name = `${path}:${startLine}-${endLine}`;
    links.push({
      row: lines.length,
      start: before.length,
      end: before.length + name.length,
      path,
      line: startLine,
    });
    lines.push(before + name + after);
  };
  lines.push(
    snippets.length === 0
      ? 'Nothing was found that the file does not say already, so nothing of the workspace would be sent.'
      : `A model would be shown ${snippets.length === 1 ? 'one snippet' : `${snippets.length} snippets`} of ${tokens} tokens; ${budget} are free for them. The best stands first here, and last in the prompt. The higher a score, the more names that are written next are to be expected; it is no count of them.`,
    '',
  );
  if (late.length > 0) lines.push(`Not asked, for the time was over: ${late.join(', ')}.`, '');
  for (const snippet of snippets.toReversed()) {
    place('## ', snippet, '');
    lines.push(
      `found by ${snippet.retriever.replaceAll('+', ', ')}; score ${snippet.score.toFixed(2)}, ${snippet.tokens} tokens`,
      '',
    );
    lines.push(...snippet.text.split('\n').map(line => `    ${line}`.trimEnd()), '');
  }
  if (leftOut.length > 0) lines.push('# Left out', '');
  for (const left of leftOut.slice(0, MOST_LEFT_OUT)) {
    place(
      '- ',
      left,
      `: ${WHY[left.why]} (${left.retriever.replaceAll('+', ', ')}; score ${left.score.toFixed(2)})`,
    );
  }
  if (leftOut.length > MOST_LEFT_OUT) lines.push(`- and ${leftOut.length - MOST_LEFT_OUT} more`);
  return { text: `${lines.join('\n').trimEnd()}\n`, links };
}
