import { indentationOf, linePrefixOf } from '../base/text.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Draft, WorkspaceModel } from '../models/workspace/workspaceModel.ts';

/** How sure a whole line must be for the next one to be said, too, and all of them together. */
const SURE_LINE = 0.7;
const SURE_BLOCK = 0.5;
const MOST_LINES = 8;

/**
 * The lines that come below a draft of a whole line, while they are likely as a whole: somebody has written that block
 * before, a table of tests say. Each begins with its line end. Confidence is that of everything, the first line included.
 */
export function furtherLines(
  context: CompletionContext,
  first: Draft,
  model: WorkspaceModel,
): { readonly text: string; readonly confidence: number } | undefined {
  const { prefix, suffix } = context;
  const indents = [indentationOf(linePrefixOf(prefix))];
  let draft = first;
  let confidence = first.lineEnd?.probability ?? 0;
  let said = textOf(first);
  let text = '';
  for (let line = 1; line < MOST_LINES && confidence >= SURE_LINE; line++) {
    const { next } = draft.lineEnd!;
    if (next === 'deeper') indents.push(indents.at(-1)! + unitOf(prefix));
    if (next === 'shallower') indents.pop();
    const indent = indents.at(-1);
    // It goes on behind the block that the cursor stands in.
    if (indent === undefined) break;
    const below = `\n${indent}`;
    draft = model.draft(after(context, prefix + said + below, suffix));
    const likely = draft.lineEnd?.probability ?? 0;
    if (draft.tokens.length === 0 || likely < SURE_LINE || likely * confidence < SURE_BLOCK) break;
    confidence *= likely;
    text += below + textOf(draft);
    said += below + textOf(draft);
  }
  return text === '' ? undefined : { text, confidence };
}

const textOf = ({ tokens }: Draft) => tokens.map(token => token.text).join('');

/** The question of somebody who has taken what was said so far. */
function after(context: CompletionContext, prefix: string, suffix: string): CompletionContext {
  const lines = prefix.split('\n');
  return {
    ...context,
    document: { ...context.document, text: prefix + suffix },
    prefix,
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  };
}

/** One step of indentation, as the nearest line that is indented less than twice tells; guardrails make it fit. */
function unitOf(prefix: string): string {
  const indented = prefix.slice(-REACH).match(/^(?:\t| {2,})(?=\S)/gm) ?? [];
  return indented.reduce(
    (least, space) => (space.length < least.length ? space : least),
    indented[0] ?? '  ',
  );
}

const REACH = 8_000;
