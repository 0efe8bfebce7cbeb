/**
 * What the detector of secrets takes for one in real code, how fast it is, and what the worst lines cost:
 *   node test/bench/secretAlarms.ts DIR... [--show]
 * Files of known languages up to 512 KB that git tracks, but for those that hold secrets by their name. `--show` prints
 * every find, for somebody to judge: what a repository holds of its own test keys is found rightly.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { secretsIn } from '../../src/base/secrets.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import { isSecretFile } from '../../src/indexing/secretFiles.ts';
import { plantedSecrets } from '../support/plantedSecrets.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'boolean', default: false } },
});
const MOST_BYTES = 512 * 1_024;
const TEN_THOUSAND = 10_000;

/** The processor's time, not the wall's, so that a busy machine changes little. */
function elapsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const total = { lines: 0, found: 0, characters: 0, ms: 0 };
const rows = positionals.map(directory => {
  const kinds = new Map<string, number>();
  let lines = 0;
  for (const text of textsIn(directory)) {
    lines += text.text.split('\n').length;
    const start = elapsed();
    const secrets = secretsIn(text.text);
    total.ms += elapsed() - start;
    total.characters += text.text.length;
    for (const { start: from, end, kind } of secrets) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (values.show) show(text, from, end, kind);
    }
  }
  const found = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  total.lines += lines;
  total.found += found;
  return {
    repository: basename(directory),
    lines,
    found,
    'per 10,000': perTenThousand(found, lines),
    kinds: [...kinds].map(([kind, count]) => `${count} × ${kind}`).join(', '),
  };
});
console.table(rows);
const { lines, found, characters, ms } = total;
console.log(
  `${lines} lines, ${found} finds, ${perTenThousand(found, lines)} per 10,000 lines, ${(characters / 1e6 / (ms / 1e3)).toFixed(0)} MB/s`,
);

/** One line of a million characters each. */
const SECRETS = plantedSecrets(1, 1)
  .map(({ code }) => code.replaceAll('\n', ' '))
  .join(' ');
const WORST: Readonly<Record<string, string>> = {
  words: 'someName = other.value; ',
  letters: 'a',
  base64: 'aB3+/dE6gH9jK2mN5pQ8',
  'equals signs': '=',
  quotes: `="'`,
  'unclosed quotes': `="aB3dE6gH9jK2mN5pQ8sT1`,
  'begin of a key': '-----BEGIN PRIVATE KEY-----',
  'end of a key': 'aB3dE6gH9jK2mN5pQ8 -----END PRIVATE KEY-----',
  addresses: 'x://aaaa:bbbb',
  'names of passwords': 'password: secret = token=',
  'token beginnings': 'ghp_ sk- AKIA eyJ xoxb- M1aaaaaaaaaaaaaaaaaaaaaaaa. ',
  'web tokens': 'eyJaaaaaaaaaa.eyJaaaaaaaaaa.',
  secrets: SECRETS,
};
console.table(
  Object.entries(WORST).map(([line, piece]) => {
    const text = piece.repeat(Math.ceil(1e6 / piece.length)).slice(0, 1e6);
    secretsIn(text.slice(0, 10_000));
    const start = elapsed();
    const count = secretsIn(text).length;
    return { 'line of 1 MB': line, ms: Math.round(elapsed() - start), found: count };
  }),
);

interface Text {
  readonly path: string;
  readonly text: string;
}

function* textsIn(directory: string): Iterable<Text> {
  const listed = execFileSync('git', ['-C', directory, 'ls-files', '-z'], { maxBuffer: 1e9 });
  for (const path of listed.toString().split('\0')) {
    if (path === '' || !languageOfPath(path) || isSecretFile(path)) continue;
    const file = join(directory, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.size <= MOST_BYTES) yield { path, text: readFileSync(file, 'utf8') };
  }
}

function show({ path, text }: Text, start: number, end: number, kind: string): void {
  const line = text.slice(0, start).split('\n').length;
  const before = text.slice(Math.max(text.lastIndexOf('\n', start) + 1, start - 70), start);
  console.log(
    `${path}:${line} [${kind}] ${before}⟦${text.slice(start, Math.min(end, start + 90)).replaceAll('\n', '⏎')}⟧`,
  );
}

function perTenThousand(count: number, lines: number): string {
  return ((count / Math.max(1, lines)) * TEN_THOUSAND).toFixed(2);
}
