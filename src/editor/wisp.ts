import type { LogOutputChannel, SecretStorage, Uri } from 'vscode';
import type { Log } from '../base/log.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Evaluations } from './evaluations.ts';
import type { InlineProvider } from './inlineProvider.ts';
import type { NameResolver } from './nameResolver.ts';
import type { RetrievedDocument } from './retrievedDocument.ts';
import type { CurrentSituation } from './situation.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { WhyDocuments } from './whyDocuments.ts';

/** The editor side's parts, as the commands work on them. */
export interface Wisp {
  readonly client: EngineClient;
  readonly situation: CurrentSituation;
  readonly provider: InlineProvider;
  readonly names: NameResolver;
  readonly whyDocuments: WhyDocuments;
  readonly retrievedDocument: RetrievedDocument;
  readonly evaluations: Evaluations;
  readonly stopwatch: Stopwatch;
  readonly channel: LogOutputChannel;
  readonly log: Log;
  readonly secrets: SecretStorage;
  /** The folder of the feedback journal. */
  readonly journal: Uri;
}

/** Name of the API key in VS Code's secret storage; it stands nowhere else. */
export const API_KEY = 'wisp.apiKey';
