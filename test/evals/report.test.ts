import { describe, expect, test } from 'vitest';
import { defaultSettings, QUIET_LANGUAGES } from '../../src/domain/settings.ts';
import type { Case, ReportData } from '../../src/evals/report/data.ts';
import { reportHtml, reportSentence } from '../../src/evals/report.ts';
import { type HoleResult, summarise } from '../../src/evals/summary.ts';

interface Drawn {
  readonly path?: string;
  readonly class?: string;
  readonly target: string;
  /** Nothing is offered without it. */
  readonly offer?: string;
  readonly similarity?: number;
  readonly confidence?: number;
  readonly ms?: number;
}

/** A case as it would come of this target and offer. */
function caseOf({ path = 'src/a.ts', target, offer, ...more }: Drawn, i: number): Case {
  const right = offer !== undefined && target.startsWith(offer);
  const result: HoleResult = {
    id: `${i}`,
    class: more.class ?? 'mid-line',
    language: 'typescript',
    text: offer ?? null,
    offered: offer !== undefined,
    exactMatch: offer === target,
    editSimilarity: more.similarity ?? (offer === target ? 1 : 0.5),
    bleu4: 0,
    rougeL: 0,
    chrF: 0,
    prefixMatchChars: right ? offer.length : 0,
    right,
    targetChars: target.length,
    parses: null,
    truth: { verdict: 'kept', guard: null },
    ms: more.ms ?? 2,
    stages: [{ stage: 'workspace model', ms: more.ms ?? 2 }],
    source: offer === undefined ? null : 'workspace',
    confidence: offer === undefined ? null : (more.confidence ?? 0.7),
    outcome: offer === undefined ? 'empty' : 'offered',
  };
  return {
    result,
    path,
    line: 10 + i,
    above: 'function f() {',
    linePrefix: '  return ',
    lineSuffix: ';',
    target,
    offer: offer ?? null,
    reason: offer === undefined ? 'No suggestion: nobody knew.' : 'Offered by workspace.',
    commit: 'c0ffee0123456789',
    provenance:
      offer === undefined
        ? []
        : [
            {
              path: 'src/b.ts',
              startLine: 3,
              endLine: 3,
              retriever: 'other file',
              score: 1,
              text: '  return user.name;',
            },
          ],
    retrieved: [],
  };
}

function dataOf(drawn: readonly Drawn[], more: Partial<ReportData> = {}): ReportData {
  const cases = drawn.map(caseOf);
  return {
    repository: 'shop',
    head: 'abcdef',
    source: { kind: 'history', commits: 3, nearDuplicates: 1 },
    planned: cases.length,
    seed: 1,
    settings: defaultSettings,
    versions: { wisp: '0.1.0', node: '20.0.0' },
    at: Date.UTC(2026, 0, 2),
    seconds: 12,
    summary: summarise(
      cases.map(({ result }) => result),
      false,
    ),
    unseen: null,
    cases,
    ...more,
  };
}

const page = (drawn: readonly Drawn[], more: Partial<ReportData> = {}) =>
  reportHtml(dataOf(drawn, more), 'n0nce');

const unescaped = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
/** What a reader sees of markup: its text, a space where a tag was. */
const read = (markup: string) =>
  unescaped(markup.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(
    /\s+/g,
    ' ',
  );
const section = (markup: string, title: string) =>
  read(markup.split(`<h2>${title}</h2>`)[1]!.split('<h2>')[0]!);

const WIN = { target: 'user.name', offer: 'user.name' };
const BEGINNING = { target: 'user.name.trim()', offer: 'user.name' };
const LOSS = { target: 'user.name', offer: 'user.id', confidence: 0.9 };
const NOTHING = { target: 'customer' };

describe('the page', () => {
  test('is one document that loads nothing and runs nothing but its own script', () => {
    const markup = page([WIN, LOSS]);
    expect(markup).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(markup)![1];
    expect(unescaped(policy!)).toBe(
      "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'",
    );
    const scripts = [...markup.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBe(2);
    for (const tag of scripts) expect(tag).toContain('nonce="n0nce"');
    expect(markup).not.toMatch(/\b(?:src|href|on\w+|style)=/);
  });

  test('what was read or made can never be markup', () => {
    const nasty = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\`&amp;`;
    const markup = page(
      [
        { path: `${nasty}.ts`, class: nasty, target: nasty, offer: nasty },
        { target: nasty, offer: 'x' },
      ],
      {
        repository: nasty,
        head: nasty,
        source: { kind: 'masked', because: nasty },
        settings: { ...defaultSettings, exclude: [nasty] },
      },
    );
    expect(markup.match(/<script/g)).toHaveLength(1);
    expect(markup).not.toContain('<img');
    expect(read(markup)).toContain(nasty);
  });

  test('the same data give the same bytes', () => {
    expect(page([WIN, LOSS, NOTHING])).toBe(page([WIN, LOSS, NOTHING]));
  });

  test('it holds up with nothing in it', () => {
    const text = read(page([]));
    expect(text).toContain('0 places in lines that the newest 3 commits added');
    expect(text).toContain('Nothing was offered, so there is nothing to draw.');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });
});

describe('what it says', () => {
  test('the measures stand in the table, lines apart in rows of their own', () => {
    const text = section(page([WIN, BEGINNING, LOSS, NOTHING, { ...WIN, class: 'import' }]), 'Measures');
    expect(text).toMatch(/Everything 5 80 % 75 % 50 % 40 %/);
    expect(text).toMatch(/Code 4 75 % 67 % 33 % 25 %/);
    expect(text).toMatch(/within a line 4 75 %/);
    expect(text).toMatch(/import 1 100 %/);
  });

  test('offers are counted by how near they came, and not those where nothing was offered', () => {
    const markup = page([
      WIN,
      WIN,
      { ...BEGINNING, similarity: 0.62 },
      { ...LOSS, similarity: 0.05 },
      NOTHING,
    ]);
    const label = /aria-label="Offers by edit similarity\. ([^"]+)"/.exec(markup)![1];
    expect(label).toContain('0.0–: 1;');
    expect(label).toContain('0.6–: 1;');
    expect(label).toContain('same: 2.');
    expect(label!.match(/: [1-9]/g)).toHaveLength(3);
    expect(markup).toContain('0.6– 1 offer: 1 right as far as they go, 0 not');
  });

  test('an offer stands beside what stood there, what agrees marked, and below it where it comes from', () => {
    const markup = page([LOSS]);
    const dim = (text: string) => `<span class="dim">${text}</span>`;
    // Indented as it is below what stands above it, and no deeper.
    expect(markup).toContain('<pre class="above">function f() {</pre>');
    expect(markup).toContain(`<pre>${dim('  return ')}<ins>user.name</ins>${dim(';')}</pre>`);
    expect(markup).toContain(`<pre>${dim('  return ')}<ins>user.</ins><del>id</del>${dim(';')}</pre>`);
    expect(markup).toContain('<pre>return user.name;</pre>');
    expect(markup).toContain('data-path="src/a.ts" data-line="10" data-text="  return user.name"');
    expect(markup).toContain('data-path="src/b.ts" data-line="3" data-text="  return user.name;"');
    expect(section(markup, 'Examples')).toMatch(
      /src\/a\.ts:10 within a line · by workspace · 90 % sure · commit c0ffee0123 .* Taken from src\/b\.ts:3 other file return user\.name;/,
    );
  });

  test('wins stand with what saves most first, losses with what Wisp was surest of first', () => {
    const examples = section(
      page([
        { path: 'short.ts', target: 'a.b', offer: 'a.b' },
        { path: 'long.ts', target: 'alpha.beta', offer: 'alpha.beta' },
        { ...LOSS, path: 'unsure.ts', confidence: 0.5 },
        { ...LOSS, path: 'sure.ts', confidence: 0.95 },
        { ...NOTHING, path: 'silent.ts' },
      ]),
      'Examples',
    );
    expect(examples).toContain('Right 2 Not right 2 Nothing offered 1');
    expect(examples.match(/(?:short|long|sure|unsure|silent)\.ts/g)).toEqual([
      ...['long.ts', 'short.ts', 'sure.ts', 'unsure.ts', 'silent.ts'],
    ]);
    expect(examples).toContain('No suggestion: nobody knew.');
  });

  test('the times of each stage, and what became of the questions', () => {
    const markup = page([...Array.from({ length: 19 }, () => ({ ...WIN, ms: 2 })), { ...NOTHING, ms: 40 }]);
    expect(section(markup, 'Time')).toContain(
      'question to answer 20 2.0 ms 2.0 ms 40 ms workspace model 20 2.0 ms',
    );
    expect(section(markup, 'What became of the questions')).toContain(
      'Something was offered. 19 95 % No suggestion: nobody knew. 1 5 %',
    );
  });

  test('it says when it is partial and when it flatters, and nothing of the server but the model', () => {
    const settings = {
      ...defaultSettings,
      intensity: 'eager' as const,
      languages: { ...QUIET_LANGUAGES },
      model: { ...defaultSettings.model, baseUrl: 'http://secret-host:1234/v1', name: 'coder-1b' },
    };
    const source = { kind: 'masked' as const, because: 'This is no git repository.' };
    const summary = summarise([], true);
    const markup = page([], { planned: 150, summary, source, settings });
    const text = read(markup);
    expect(text).toContain('This is a partial report: it was stopped after 0 of 150 places.');
    expect(text).toContain(
      'This is no git repository. Lines of the files as they are now were taken away instead. That flatters',
    );
    expect(text).toContain('settings intensity = "eager", model.name = "coder-1b" versions');
    expect(markup).not.toContain('secret-host');
  });
});

test('the whole in one sentence', () => {
  expect(reportSentence(dataOf([WIN, BEGINNING, LOSS, NOTHING]))).toBe(
    'Something offered at 75 % of 4 places, 67 % of that right as far as it went; 43 % of the typing saved.',
  );
  expect(reportSentence(dataOf([]))).toBe('No place was asked.');
});
