import { linePrefixOf, lineSuffixOf } from '../base/text.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Intensity } from '../domain/settings.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { Provenance, Source } from '../domain/suggestion.ts';
import { cut, THRESHOLDS, WHEN_INVOKED } from '../models/workspace/cut.ts';
import type { Draft, WorkspaceModel } from '../models/workspace/workspaceModel.ts';
import { nextLineAfterMostSimilar } from '../retrieval/retrievedLine.ts';
import { furtherLines } from './furtherLines.ts';
import { wantsMultiLine } from './multiLine.ts';

/** A text for the cursor that has not passed the guardrails yet. */
export interface Proposal {
  readonly text: string;
  readonly source: Source;
  readonly confidence: number;
  readonly provenance: readonly Provenance[];
}

/** In the prototype a copied line was right in 1.1 % of line starts; similarity does not make it likely. */
const RETRIEVED_LINE_CONFIDENCE = 0.1;

/**
 * What can be said with no server: the workspace model as far as it is sure. Somebody who asks by a command also gets the
 * lines that are known to follow, or, where nothing is, the line that follows the most similar place of the workspace.
 */
export function offlineDraft(
  context: CompletionContext,
  intensity: Intensity,
  model: WorkspaceModel,
  retrieve: () => readonly Snippet[],
): Proposal | undefined {
  if (context.trigger === 'wholeLine') return wholeLine(context, model);
  const threshold = context.trigger === 'invoked' ? WHEN_INVOKED : THRESHOLDS[intensity];
  const draft = model.draft(context);
  const sure = cut(draft, threshold);
  if (sure) {
    const whole = context.trigger === 'invoked' && wantsMultiLine(context) && isWhole(sure.text, draft);
    const further = whole ? furtherLines(context, draft, model) : undefined;
    const said = further ? { text: sure.text + further.text, confidence: further.confidence } : sure;
    return { ...said, source: 'workspace', provenance: draft.provenance };
  }
  return context.trigger === 'invoked' ? retrievedLine(context, retrieve()) : undefined;
}

const isWhole = (text: string, { tokens, lineEnd }: Draft) =>
  lineEnd !== undefined &&
  text ===
    tokens
      .map(token => token.text)
      .join('')
      .trimEnd();

function wholeLine(context: CompletionContext, model: WorkspaceModel): Proposal | undefined {
  const line = model.line(context);
  if (!line || line.text.trim() === '') return undefined;
  const { text, probability: confidence, draft } = line;
  return { text: text.trimEnd(), confidence, source: 'workspace', provenance: draft.provenance };
}

function retrievedLine(context: CompletionContext, snippets: readonly Snippet[]): Proposal | undefined {
  const atEmptyLine =
    linePrefixOf(context.prefix).trim() === '' && lineSuffixOf(context.suffix).trim() === '';
  const found = atEmptyLine ? nextLineAfterMostSimilar(context, snippets) : undefined;
  if (!found || found.line.trim() === '') return undefined;
  return {
    text: found.line.trim(),
    source: 'retrieved-line',
    confidence: found.similarity * RETRIEVED_LINE_CONFIDENCE,
    provenance: [found.provenance],
  };
}
