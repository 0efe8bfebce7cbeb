import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BEGIN = '<!-- settings -->';
const END = '<!-- /settings -->';
const root = join(import.meta.dirname, '../..');

interface Property {
  readonly default: unknown;
  readonly order: number;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
}

/** The README as it should be: the table of settings between its markers is made from package.json. */
export async function readmeWithSettings(): Promise<{ readme: string; wanted: string }> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} … ${END}.`);
  const table = settingsTable(manifest.contributes.configuration.properties);
  const wanted = `${readme.slice(0, begin)}${BEGIN}\n${table}\n${readme.slice(end)}`;
  return { readme, wanted };
}

function settingsTable(properties: Readonly<Record<string, Property>>): string {
  const rows = Object.entries(properties)
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([name, property]) => `| \`${name}\` | ${defaultOf(property)} | ${meaningOf(property)} |`);
  return ['| setting | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

function defaultOf(property: Property): string {
  return `\`${JSON.stringify(property.default).replaceAll(',', ', ')}\``;
}

function meaningOf(property: Property): string {
  const choices = property.enum?.map(choice => `\`${choice}\``).join(', ');
  const text = property.markdownDescription ?? property.description ?? '';
  return (choices ? `${text} One of ${choices}.` : text).replaceAll('|', '\\|');
}

// Run by itself this program brings README.md up to date.
if (import.meta.main) {
  const { wanted } = await readmeWithSettings();
  await writeFile(join(root, 'README.md'), wanted);
}
