import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { inProcess, type Remote } from '../base/port.ts';
import { type ComposeOptions, compose } from '../compose.ts';
import type { Settings } from '../domain/settings.ts';
import type { EngineApi, EngineEvents, IndexReport } from '../engine/api.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { type Host, type Input, type Option, textOption } from './command.ts';
import { readSettings } from './settings.ts';

/** Which model is asked, and how. */
export const MODEL_OPTIONS: Readonly<Record<string, Option>> = {
  model: {
    value: 'NAME',
    help: "Ask this model on the OpenAI-compatible server of WISP_MODEL_URL; 'workspace' asks none.",
  },
  settings: { value: 'FILE', help: "Settings as a JSON object, without the leading 'wisp.'." },
};

/** Options of the commands that ask about a workspace as it is now. */
export const ENGINE_OPTIONS: Readonly<Record<string, Option>> = {
  ...MODEL_OPTIONS,
  store: { value: 'DIR', help: 'Where the index is kept between runs (default: in your cache folder).' },
};

export interface Opened {
  readonly engine: Remote<EngineApi>;
  /** The engine's own. */
  readonly retrieval: Retrieval;
  readonly settings: Settings;
  readonly report: IndexReport;
}

/** Does `work` with an engine that has indexed the folder and keeps its index for the next time. */
export async function withEngine<T>(
  directory: string,
  input: Input,
  host: Host,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const settings = await readSettings(input, host);
  const storage = resolve(textOption(input, 'store') ?? storeOf(directory, host.env));
  const models = join(cacheOf(host.env), 'models');
  return withComposed({ directory, settings, host }, { indexer: 'threads', storage, models }, work);
}

interface Workplace {
  readonly directory: string;
  readonly settings: Settings;
  readonly host: Host;
}

/** Does `work` with an engine that has indexed the folder, and shuts the engine down whatever happens. */
export async function withComposed<T>(
  { directory, settings, host }: Workplace,
  options: Omit<ComposeOptions, 'events' | 'assets' | 'clock'>,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { api, retrieval } = compose({ ...worldOf(host), ...options });
  const engine = inProcess(api);
  try {
    const apiKey = host.env.WISP_API_KEY;
    await engine.configure({ settings, ...(apiKey ? { apiKey } : {}) });
    const folders = [{ name: basename(directory), directory }];
    await engine.openWorkspace({ folders, trusted: true, filesExclude: [] });
    const report = await engine.indexed({}, host.signal);
    return await work({ engine, retrieval, settings, report });
  } finally {
    await engine.shutdown({});
  }
}

/** Does `work` with an engine that has no workspace, and shuts it down whatever happens. */
export async function withBareEngine<T>(
  host: Host,
  work: (engine: Remote<EngineApi>) => Promise<T>,
): Promise<T> {
  const engine = inProcess(compose({ ...worldOf(host), indexer: 'in-process' }).api);
  try {
    return await work(engine);
  } finally {
    await engine.shutdown({});
  }
}

const worldOf = (host: Host) => ({ events: eventsTo(host), assets: host.assets, clock: host.clock });

/** A folder of the user's cache that belongs to this workspace alone. */
export function storeOf(directory: string, env: Host['env']): string {
  return join(cacheOf(env), hashOf(directory).slice(0, 16));
}

function cacheOf(env: Host['env']): string {
  return join(env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(homedir(), '.cache'), 'wisp');
}

/** What the engine says unasked, as far as it matters in a terminal. */
function eventsTo(host: Host): EngineEvents {
  const outages = new Set<string>();
  return {
    status({ index, embedding }) {
      if (index.state === 'indexing') host.progress('Indexing', index.done, index.total);
      if (embedding.state === 'fetching')
        host.progress('Fetching the embedding model', embedding.done, embedding.total);
      if (embedding.state === 'embedding') host.progress('Embedding', embedding.done, embedding.total);
    },
    improved() {},
    outage({ message }) {
      // Variants that take turns make the engine forget that it has told of it.
      if (!outages.has(message)) host.say(message);
      outages.add(message);
    },
    log({ level, message }) {
      if (level !== 'info') host.say(message);
    },
  };
}
