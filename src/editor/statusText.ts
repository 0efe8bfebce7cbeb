import type { EmbeddingState } from '../domain/embedding.ts';
import { languageEnabled, type Settings } from '../domain/settings.ts';
import type { EngineStatus, IndexReport } from '../engine/api.ts';
import type { EngineState } from '../engine/client.ts';

/** Everything that the status bar, the menu and the commands tell the user about. */
export interface Situation {
  readonly settings: Settings;
  readonly trusted: boolean;
  /** Milliseconds since the epoch; past or 0 when Wisp is not snoozed. */
  readonly snoozedUntil: number;
  readonly engine: EngineState;
  readonly status: EngineStatus;
  /** Of the active editor's document. */
  readonly languageId?: string | undefined;
  /** The active editor's document is too large to be completed. */
  readonly tooLarge: boolean;
}

export interface StatusText {
  /** With codicons, as the status bar shows it. */
  readonly text: string;
  /** Whole sentences. */
  readonly tooltip: string;
  readonly alert?: 'warning' | 'error';
  readonly command: 'wisp.menu' | 'wisp.restart';
}

/** What the status bar says, the most hindering circumstance first. */
export function statusText(situation: Situation, now: number): StatusText {
  const menu = { command: 'wisp.menu' as const };
  const { settings, status, languageId } = situation;
  if (situation.engine === 'down') {
    const tooltip = 'Wisp stopped working several times in a row. Click to restart it; the log says more.';
    return { text: '$(error) Wisp', tooltip, alert: 'error', command: 'wisp.restart' };
  }
  if (situation.engine === 'restarting') {
    return { ...menu, text: '$(sync~spin) Wisp', tooltip: 'Wisp is being restarted.' };
  }
  if (!situation.trusted) {
    const tooltip = 'This workspace is not trusted: Wisp reads no files of it and asks no model.';
    return { ...menu, text: '$(shield) Wisp', tooltip };
  }
  if (!settings.enable) return { ...menu, text: '$(circle-slash) Wisp', tooltip: 'Wisp is off.' };
  if (situation.snoozedUntil > now) {
    const minutes = Math.ceil((situation.snoozedUntil - now) / 60_000);
    const tooltip = `Wisp is snoozed for ${minutes} more ${minutes === 1 ? 'minute' : 'minutes'}.`;
    return { ...menu, text: '$(bell-slash) Wisp', tooltip };
  }
  if (languageId !== undefined && !languageEnabled(settings, languageId)) {
    return { ...menu, text: '$(circle-slash) Wisp', tooltip: `Wisp is off for ${languageId}.` };
  }
  if (situation.tooLarge) {
    const tooltip = 'This document is over two million characters long, so Wisp does not complete it.';
    return { ...menu, text: '$(circle-slash) Wisp', tooltip };
  }
  if (situation.engine === 'starting') {
    return { ...menu, text: '$(sync~spin) Wisp 0 %', tooltip: 'Wisp is starting.' };
  }
  return { ...menu, ...workingText(status) };
}

function workingText({ index, model, report, embedding }: EngineStatus): Omit<StatusText, 'command'> {
  if (typeof model === 'object') {
    const tooltip = `The model does not answer: ${model.outage} Suggestions come from this workspace meanwhile. ${indexSentence(report)}`;
    return { text: '$(warning) Wisp', tooltip, alert: 'warning' };
  }
  if (index.state === 'indexing') {
    const percent = index.total > 0 ? Math.floor((100 * index.done) / index.total) : 0;
    const tooltip = `Wisp is reading this workspace: ${index.done} of ${index.total} files. You can type meanwhile.`;
    return { text: `$(sync~spin) Wisp ${percent} %`, tooltip };
  }
  const source = model === 'ready' ? 'this workspace and the model' : 'this workspace alone';
  return {
    text: '$(flame) Wisp',
    tooltip: `Suggestions come from ${source}. ${indexSentence(report)}${embeddingSentence(embedding)}`,
  };
}

/** One sentence about the embedding model while there is something to say of it. */
function embeddingSentence(embedding: EmbeddingState): string {
  if (embedding.state === 'fetching') {
    const { done, total } = embedding;
    return ` The embedding model is being fetched: ${megabytes(done)} of ${megabytes(total)}.`;
  }
  if (embedding.state === 'embedding') {
    return ` The embedding model has read ${count(embedding.done)} of ${count(embedding.total)} files.`;
  }
  return embedding.state === 'failed' ? ` ${embedding.problem}` : '';
}

/** One sentence about what the index holds and one about what it left out, with the reasons. */
export function indexSentence({ files, bytes, skipped }: IndexReport): string {
  const holds = `The index holds ${count(files)} ${files === 1 ? 'file' : 'files'} (${megabytes(bytes)}).`;
  const leftOut = Object.entries(skipped)
    .filter(([, files]) => files > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, files]) => `${count(files)} ${reason}`);
  return leftOut.length > 0 ? `${holds} Left out: ${leftOut.join(', ')}.` : holds;
}

/** With a comma at every thousand. `toLocaleString` would do it too, but its first call takes 15 ms of the activation. */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
