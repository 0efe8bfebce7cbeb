import type { GuardCounts } from '../domain/guardCounts.ts';
import { describe, type Outcome, suggestionOf } from '../domain/outcome.ts';
import type { Trace } from '../domain/trace.ts';
import type { Decision } from '../engine/api.ts';
import { guardsText, noteText } from './guardText.ts';

export interface WhyInput {
  /** Sentences about what Wisp does in general at the moment. */
  readonly now: string;
  /** Newest first. */
  readonly decisions: readonly Decision[];
  /** Of this session. */
  readonly guards: GuardCounts;
  /** Zero-based line of the cursor. */
  readonly line: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const MOST_DECISIONS = 5;

/** Explains the last decisions in Markdown: those on the cursor's line, or the newest of the document if it has none. */
export function whyText({ now, decisions, guards, line, at }: WhyInput): string {
  // Most questions are taken back by the next keystroke; they would bury the one that the user wonders about.
  const settled = decisions.filter(decision => decision.outcome.kind !== 'cancelled');
  const here = settled.filter(decision => decision.position.line === line);
  const chosen = (here.length > 0 ? here : settled).slice(0, MOST_DECISIONS);
  const parts = ['# Why no suggestion?', now];
  if (chosen.length === 0) {
    parts.push(
      'Nothing was asked for in this document yet. Type something there, then run this command again.',
    );
  } else {
    parts.push(`The last decisions ${here.length > 0 ? 'on this line' : 'in this document'}, newest first:`);
  }
  parts.push(...chosen.map(decision => decisionText(decision, at)));
  const cancelled = decisions.length - settled.length;
  if (cancelled > 0) {
    parts.push(
      `Besides, ${cancelled} of the last ${decisions.length} questions were taken back as you typed on.`,
    );
  }
  const counts = guardsText(guards);
  if (counts !== '') parts.push(counts);
  return `${parts.join('\n\n')}\n`;
}

function decisionText(decision: Decision, at: number): string {
  const { outcome, trace, path, position } = decision;
  const place = `${path}, line ${position.line + 1}, column ${position.character + 1}`;
  const parts = [`## ${place}, ${age(at - decision.at)}`, `**${describe(outcome)}**`];
  const suggestion = suggestionOf(outcome);
  if (suggestion) {
    parts.push(fenced(suggestion.text));
    parts.push(`Wisp was ${Math.round(100 * suggestion.confidence)} % sure of it.`);
    parts.push(
      ...suggestion.provenance.map(from => `- from ${from.path}, ${lines(from.startLine, from.endLine)}`),
    );
  }
  if (outcome.kind === 'rejected' && outcome.text?.trim()) {
    parts.push('This is what was refused:', fenced(outcome.text));
  }
  parts.push(...[notesOf(trace, outcome), timesOf(trace), retrievedOf(trace)].filter(text => text !== ''));
  return parts.join('\n\n');
}

/** The headline has told the refusal already. */
function notesOf({ notes }: Trace, outcome: Outcome): string {
  const told = outcome.kind === 'rejected' ? `guard:${outcome.guard} refused: ${outcome.reason}` : '';
  const left = notes.filter(({ where, what }) => `${where} ${what}` !== told);
  return left.map(noteText).join('\n');
}

function timesOf({ ms, stages }: Trace): string {
  const parts = stages.map(stage => `${stage.stage} ${milliseconds(stage.ms)}`);
  return `It took ${milliseconds(ms)}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}.`;
}

function retrievedOf({ retrieved }: Trace): string {
  if (retrieved.length === 0) return '';
  const places = retrieved.map(
    ({ path, startLine, endLine, retriever }) =>
      `- ${path}, ${lines(startLine, endLine)}, found by ${retriever}`,
  );
  return ['Looked at in the workspace:', ...places].join('\n');
}

function lines(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3_600)} h ago`;
}

/** A fence that is longer than any that the code itself holds. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code}\n${fence}`;
}
