/**
 * Whether planted secrets leave: in a prompt, the journal, the index on disk, an export, a snippet or a suggestion.
 *   node test/bench/secretsOut.ts DIR... [--each 4] [--seed 1]
 * Secrets of every kind are drawn from the seed and put into files of the repositories, one a file, in a copy that goes
 * afterwards. At each one the engine is asked above it, below it, within it, and at the same place of another file; a
 * server in this process takes the prompts down; every suggestion is accepted. A piece of 12 characters counts.
 */
import { globSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inProcess } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import { suggestionOf } from '../../src/domain/outcome.ts';
import { parseSettings } from '../../src/domain/settings.ts';
import { isSecretFile } from '../../src/indexing/secretFiles.ts';
import { openAiServer } from '../support/openaiServer.ts';
import { type Planted, plantedSecrets } from '../support/plantedSecrets.ts';
import { randomFrom } from '../support/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { each: { type: 'string', default: '4' }, seed: { type: 'string', default: '1' } },
});
const PIECE = 12;
let asked = 0;
const random = randomFrom(Number(values.seed));
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

interface Site extends Planted {
  readonly path: string;
  readonly text: string;
  /** Where the planted code begins and ends. */
  readonly start: number;
  readonly end: number;
}

const top = await mkdtemp(join(tmpdir(), 'wisp-secrets-'));
const root = join(top, 'workspace');
const server = await openAiServer();
server.behave({ pieces: ['valueOf', 'It(', 'first, second);'] });
const { api } = compose({
  events: { status() {}, improved() {}, outage() {}, log() {} },
  assets: resolve(import.meta.dirname, '../../dist'),
  storage: join(top, 'storage'),
  feedback: join(top, 'feedback'),
  indexer: 'in-process',
});
const engine = inProcess(api);
try {
  await measure();
} finally {
  await server.close();
  rmSync(top, { recursive: true, force: true, maxRetries: 5 });
}

async function measure(): Promise<void> {
  const sites = await plant(plantedSecrets(Number(values.each), Number(values.seed)));
  const { settings } = parseSettings({
    model: { baseUrl: server.baseUrl, name: 'qwen2.5-coder:1.5b', debounceMilliseconds: 0 },
  });
  await engine.configure({ settings });
  await engine.openWorkspace({ folders: [{ name: 'w', directory: root }], trusted: true, filesExclude: [] });
  await engine.indexed({});
  const suggestions: string[] = [];
  const snippets: string[] = [];
  for (const site of sites) {
    for (const offset of [site.start, (site.start + site.end) >> 1, site.end]) {
      suggestions.push(await ask(site, offset));
    }
    const other = pick(sites);
    // The lines above the secret in another file: what retrieval is most likely to answer with the secret's own.
    const above = site.text.slice(0, site.start).split('\n').slice(-12).join('\n');
    const twin = { ...other, path: `${dirname(site.path)}/twin-${basename(site.path)}`, text: above };
    suggestions.push(await ask(twin, above.length));
    snippets.push(...(await search(twin)));
  }
  await engine.shutdown({});
  const exports: string[] = [];
  for (const format of ['fim', 'sft', 'dpo', 'kto'] as const) {
    const file = join(top, `${format}.jsonl`);
    const { records } = await engine.exportFeedback({ format, file });
    console.log(`export ${format}: ${records} examples`);
    exports.push(readFileSync(file, 'utf8'));
  }
  report(sites, {
    prompts: server.requests.map(({ body }) => JSON.stringify(body)),
    journal: contents(join(top, 'feedback')),
    'index on disk': contents(join(top, 'storage')),
    exports,
    snippets,
    suggestions,
  });
}

/** Puts each secret on lines of its own into a real file. */
async function plant(secrets: readonly Planted[]): Promise<readonly Site[]> {
  const files = positionals.flatMap(directory =>
    globSync('**/*', { cwd: directory, exclude: name => /node_modules|\.git$|vendor/.test(String(name)) })
      .filter(path => languageOfPath(path) && !isSecretFile(path))
      .map(path => ({ from: join(directory, path), path: join(basename(directory), path) }))
      .filter(({ from }) => statSync(from).isFile() && statSync(from).size < 60_000),
  );
  const sites: Site[] = [];
  const taken = new Set<string>();
  while (sites.length < secrets.length) {
    const planted = secrets[sites.length]!;
    const { from, path } = pick(files);
    if (taken.has(path)) continue;
    taken.add(path);
    const lines = readFileSync(from, 'utf8').split('\n');
    if (lines.length < 8) continue;
    const row = Math.floor(random() * lines.length);
    const start = lines.slice(0, row).join('\n').length + (row > 0 ? 1 : 0);
    const text = [...lines.slice(0, row), planted.code, ...lines.slice(row)].join('\n');
    sites.push({ ...planted, path, text, start, end: start + planted.code.length });
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return sites;
}

async function ask({ path, text }: Site, offset: number): Promise<string> {
  const uri = `file:///${++asked}`;
  const languageId = languageOfPath(path)?.id ?? 'plaintext';
  await engine.open({ uri, file: join(root, path), languageId, version: 1, text, dirty: false });
  const lines = text.slice(0, offset).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const { outcome } = await engine.complete({ id: uri, uri, version: 1, position, trigger: 'invoked' });
  const suggestion = suggestionOf(outcome);
  if (suggestion) {
    await engine.accepted({ id: suggestion.id });
    const changes = [{ range: { start: position, end: position }, text: suggestion.text }];
    await engine.change({ uri, version: 2, changes });
  }
  await new Promise(resolve => setTimeout(resolve, 5));
  await engine.close({ uri });
  return suggestion?.text ?? '';
}

async function search({ path, text }: Site): Promise<readonly string[]> {
  const uri = 'file:///searched';
  const languageId = languageOfPath(path)?.id ?? 'plaintext';
  await engine.open({ uri, file: join(root, path), languageId, version: 1, text, dirty: false });
  const lines = text.split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const { snippets: found } = await engine.search({ uri, position, budget: 1_024 });
  await engine.close({ uri });
  return found.map(snippet => snippet.text);
}

function contents(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'latin1'));
}

function report(sites: readonly Site[], places: Readonly<Record<string, readonly string[]>>): void {
  const kinds = new Set(sites.map(({ kind }) => kind));
  console.log(
    `${sites.length} secrets of ${kinds.size} kinds in as many files, ${asked} questions, seed ${values.seed}`,
  );
  console.table(
    Object.entries(places).map(([place, texts]) => {
      const all = texts.join('\n');
      const out = leaksIn(all, sites);
      for (const { kind, code, path } of out)
        console.log(`LEAK in ${place}: ${kind} of ${path}: ${code.slice(0, 200)}`);
      return {
        place,
        texts: texts.length,
        KB: Math.round(all.length / 1_024),
        masks: all.split(/«secret»|Â«secretÂ»/).length - 1,
        leaks: out.length,
      };
    }),
  );
}

/** The secrets of which a stretch of `PIECE` characters stands in the text; of a shorter one the whole. */
function leaksIn(text: string, sites: readonly Site[]): readonly Site[] {
  const stretches = new Map<string, Site>();
  const out = new Set<Site>();
  for (const site of sites) {
    for (const each of site.secret) {
      if (each.length < PIECE && text.includes(each)) out.add(site);
      for (let at = 0; at + PIECE <= each.length; at++) stretches.set(each.slice(at, at + PIECE), site);
    }
  }
  for (let at = 0; at + PIECE <= text.length; at++) {
    const site = stretches.get(text.slice(at, at + PIECE));
    if (site) out.add(site);
  }
  return [...out];
}
