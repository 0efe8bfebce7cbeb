import { describe, expect, test } from 'vitest';
import type { PromptTemplate } from '../../src/domain/settings.ts';
import { type Snippet, tokensIn } from '../../src/domain/snippet.ts';
import { FAMILIES } from '../../src/prompt/families.ts';
import { buildPrompt } from '../../src/prompt/fim.ts';
import { at } from '../support/cursor.ts';
import { privateKey } from '../support/plantedSecrets.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const CODE = 'function add(a, b) {\n  return █;\n}\n';

function snippet(path: string, text: string): Snippet {
  return { path, text, startLine: 1, endLine: 1, retriever: 'bm25', score: 1, tokens: tokensIn(text) };
}

const SNIPPETS = [snippet('src/sub.ts', 'sub(1, 2);\n'), snippet('src/mul.ts', 'mul(1, 2);\n\nmul(3, 4);\n')];

function promptFor(modelName: string, snippets: readonly Snippet[] = [], code = CODE, path = 'src/add.ts') {
  const options = { template: 'auto', modelName, contextTokens: 2_048, maxTokens: 96 } as const;
  return buildPrompt(at(code, path), snippets, options);
}

/** Exact bytes: what a model was trained on is not a matter of taste. */
const ALONE: readonly (readonly [string, string])[] = [
  ['qwen2.5-coder', '<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>'],
  ['starcoder2', '<fim_prefix>function add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>'],
  ['stable-code', '<fim_prefix>function add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>'],
  ['codellama:7b', '<PRE> function add(a, b) {\n  return  <SUF>;\n}\n <MID>'],
  ['deepseek-coder', '<｜fim▁begin｜>function add(a, b) {\n  return <｜fim▁hole｜>;\n}\n<｜fim▁end｜>'],
  ['codestral', '[SUFFIX];\n}\n[PREFIX]function add(a, b) {\n  return '],
  ['codegemma', '<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>'],
  ['granite-code', '<fim_prefix>function add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>'],
  ['granite4', '<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>'],
];

test.each(ALONE)('%s is shown one file so', (model, expected) => {
  const { prompt, suffix } = promptFor(model);
  expect(prompt).toBe(expected);
  expect(suffix).toBeUndefined();
});

const COMMENTS =
  '// src/sub.ts\n// sub(1, 2);\n//\n// src/mul.ts\n// mul(1, 2);\n//\n// mul(3, 4);\n//\n// src/add.ts\n';

const WITH_FILES: readonly (readonly [string, string])[] = [
  [
    'qwen3-coder',
    '<|repo_name|>workspace\n<|file_sep|>src/sub.ts\nsub(1, 2);\n<|file_sep|>src/mul.ts\nmul(1, 2);\n\nmul(3, 4);\n' +
      '<|file_sep|>src/add.ts\n<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>',
  ],
  [
    'starcoder2',
    '<repo_name>workspace<file_sep>src/sub.ts\nsub(1, 2);\n<file_sep>src/mul.ts\nmul(1, 2);\n\nmul(3, 4);\n' +
      '<file_sep><fim_prefix>src/add.ts\nfunction add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>',
  ],
  [
    'codestral',
    '[SUFFIX];\n}\n[PREFIX]+++++ src/sub.ts\nsub(1, 2);\n\n+++++ src/mul.ts\nmul(1, 2);\n\nmul(3, 4);\n\n' +
      '+++++ src/add.ts\nfunction add(a, b) {\n  return ',
  ],
  ['stable-code', `<fim_prefix>${COMMENTS}function add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>`],
  ['codellama:7b', `<PRE> ${COMMENTS}function add(a, b) {\n  return  <SUF>;\n}\n <MID>`],
  [
    'deepseek-coder',
    `<｜fim▁begin｜>${COMMENTS}function add(a, b) {\n  return <｜fim▁hole｜>;\n}\n<｜fim▁end｜>`,
  ],
  ['codegemma', `<|fim_prefix|>${COMMENTS}function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>`],
  ['gpt-x', `${COMMENTS}function add(a, b) {\n  return `],
];

test.each(WITH_FILES)('%s is shown other files so', (model, expected) => {
  expect(promptFor(model, SNIPPETS).prompt).toBe(expected);
});

test('an unknown model gets prefix and suffix apart, and no control tokens', () => {
  expect(promptFor('gpt-x')).toEqual({
    prompt: 'function add(a, b) {\n  return ',
    suffix: ';\n}\n',
    stop: [],
    maxTokens: 96,
  });
});

test('snippets are commented in the language of the document', () => {
  const { prompt } = promptFor('codegemma', [snippet('b.py', 'x = 1\n')], 'y = █\n', 'a.py');
  expect(prompt).toBe('<|fim_prefix|># b.py\n# x = 1\n#\n# a.py\ny = <|fim_suffix|>\n<|fim_middle|>');
});

test('where a language has no comment sign, snippets would read as code and are left out', () => {
  const { prompt } = promptFor('codegemma', SNIPPETS, '{ "a": █ }', 'a.json');
  expect(prompt).toBe('<|fim_prefix|>{ "a": <|fim_suffix|> }<|fim_middle|>');
});

test('what looks like a slot of the layout is only text', () => {
  expect(promptFor('qwen2.5-coder', [], 'a = `{suffix} {prefix} $& $1`; █').prompt).toBe(
    '<|fim_prefix|>a = `{suffix} {prefix} $& $1`; <|fim_suffix|><|fim_middle|>',
  );
});

describe('control tokens in the text of the user', () => {
  const TOKENS: readonly (readonly [string, string])[] = [
    ['qwen2.5-coder', '<|fim_middle|>'],
    ['qwen2.5-coder', '<|endoftext|>'],
    ['qwen2.5-coder', '<|im_start|>'],
    ['starcoder2', '<fim_middle>'],
    ['starcoder2', '<file_sep>'],
    ['codellama:7b', '<MID>'],
    ['codellama:7b', '</s>'],
    ['deepseek-coder', '<｜fim▁end｜>'],
    ['codestral', '[PREFIX]'],
    ['codegemma', '<end_of_turn>'],
    ['granite-code', '<fim_middle>'],
    ['gpt-x', '<|fim_middle|>'],
    ['gpt-x', '<｜fim▁end｜>'],
    ['gpt-x', '[SUFFIX]'],
  ];

  test.each(TOKENS)('for %s %s is broken up, wherever it stands', (model, token) => {
    const code = `a("${token}");█ b("${token}");`;
    const written = promptFor(model, [snippet(`${token}.ts`, `c("${token}");`)], code);
    const clean = promptFor(model, [snippet('T.ts', 'c("T");')], 'a("T");█ b("T");');
    const count = (text: string) => text.split(token).length - 1;
    expect(count(written.prompt)).toBe(count(clean.prompt));
    expect(count(written.suffix ?? '')).toBe(0);
    expect(written.prompt).toContain(`${token[0]} ${token.slice(1)}`);
  });

  test('tokens of another family are plain text and stay as they are', () => {
    expect(promptFor('qwen2.5-coder', [], 'a[INDEX] <MID> <s>█').prompt).toContain('a[INDEX] <MID> <s>');
  });
});

describe('secrets', () => {
  const KEY = 'ghp_a8Kd03mXq72LpZt5Vw9Rb1Yc6Nf4Hs2Je7U';

  test('are masked in the prefix, the suffix and the snippets', () => {
    for (const model of ['qwen2.5-coder', 'gpt-x']) {
      const code = `const a = '${KEY}';\n█\nconst b = '${KEY}';\n`;
      const { prompt, suffix = '' } = promptFor(model, [snippet('b.ts', `use('${KEY}');`)], code);
      expect(prompt + suffix).not.toContain(KEY);
      expect((prompt + suffix).split('«secret»')).toHaveLength(4);
    }
  });

  test('are masked when the cursor stands in the middle of one', () => {
    const code = `one();\nconst a = '${KEY.slice(0, 20)}█${KEY.slice(20)}';\ntwo();\n`;
    const { prompt, suffix = '' } = promptFor('gpt-x', [], code);
    expect(prompt).toBe("one();\nconst a = '«secret»");
    expect(suffix).toBe("«secret»';\ntwo();\n");
  });
});

test('a private key of which the budget cuts off the beginning is masked', () => {
  const key = privateKey(40);
  const options = { template: 'suffix', modelName: '', contextTokens: 256, maxTokens: 1 } as const;
  const { prompt } = buildPrompt(at(`const key = \`${key}\`;\nuse(key, █`), [], options);
  expect(prompt).toBe('«secret»`;\nuse(key, ');
});

describe('the budget', () => {
  const line = (i: number) => `const value${i} = compute(${i});\n`;
  const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i)).join('');
  const long = `${lines(2_000)}█\n${lines(2_000)}`;
  const build = (code: string, snippets: readonly Snippet[], contextTokens: number) =>
    buildPrompt(at(code), snippets, { template: 'suffix', modelName: '', contextTokens, maxTokens: 1 });

  test('holds, with and without snippets', () => {
    const many = Array.from({ length: 40 }, (_, i) => snippet(`src/s${i}.ts`, lines(5)));
    for (const contextTokens of [256, 1_000, 2_048, 8_192]) {
      for (const snippets of [[], many]) {
        const { prompt, suffix } = build(long, snippets, contextTokens);
        const tokens = tokensIn(prompt) + tokensIn(suffix!);
        expect(tokens).toBeLessThanOrEqual(contextTokens + 1);
        expect(tokens).toBeGreaterThan(contextTokens * 0.7);
      }
    }
  });

  test('cuts the prefix at a line start and the suffix at a line end', () => {
    const { prompt, suffix } = build(long, [], 1_000);
    expect(prompt).toMatch(/^const value\d+ = compute/);
    expect(suffix).toMatch(/;\n$/);
    expect(tokensIn(suffix!)).toBeLessThanOrEqual(150);
  });

  test('goes to the prefix where the suffix is short', () => {
    const { prompt } = build(`${lines(2_000)}█`, [], 1_000);
    expect(tokensIn(prompt)).toBeGreaterThan(740);
  });

  test('leaves out the first snippets, never the last', () => {
    const many = Array.from({ length: 40 }, (_, i) => snippet(`src/s${i}.ts`, lines(5)));
    const { prompt } = build(long, many, 2_048);
    const shown = [...prompt.matchAll(/^\/\/ src\/s(\d+)\.ts$/gm)].map(([, i]) => Number(i));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.at(-1)).toBe(39);
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, i) => 40 - shown.length + i));
  });

  test("keeps the prompt's beginning while the user types a few lines", () => {
    const beginnings = new Set(
      Array.from({ length: 20 }, (_, i) => build(`${lines(2_000 + i)}█`, [], 2_048).prompt.slice(0, 1_000)),
    );
    expect(beginnings.size).toBeLessThanOrEqual(2);
  });

  test('is kept on one endless line too', () => {
    const { prompt, suffix } = build(`${'x'.repeat(100_000)}█${'y'.repeat(100_000)}`, [], 1_000);
    expect(prompt).toMatch(/^x+$/);
    expect(suffix).toMatch(/^y+$/);
    expect(tokensIn(prompt) + tokensIn(suffix!)).toBeLessThanOrEqual(1_001);
  });
});

test('the same input gives the same bytes, whatever the text is', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const PIECES = ['<|fim_prefix|>', 'a', '\n', '\r\n', '\t', '[PREFIX]', '{files}', '🙂', '// ', ' ', 'é'];
  const text = () => Array.from({ length: 60 }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');
  for (let round = 0; round < 50; round++) {
    const context = at(`${text()}█${text()}`);
    const snippets = [snippet('a.ts', text()), snippet('b.ts', text())];
    for (const template of FAMILIES.map(family => family.template)) {
      const options = {
        template: template as PromptTemplate,
        modelName: '',
        contextTokens: 300,
        maxTokens: 9,
      };
      const first = JSON.stringify(buildPrompt(context, snippets, options));
      expect(JSON.stringify(buildPrompt(context, snippets, options)), `seed ${seed}`).toBe(first);
    }
  }
});

test('line endings, tabs and the end of the file come through as they are', () => {
  expect(promptFor('qwen2.5-coder', [], '\tif (a) {\r\n\t\t█').prompt).toBe(
    '<|fim_prefix|>\tif (a) {\r\n\t\t<|fim_suffix|><|fim_middle|>',
  );
  expect(promptFor('qwen2.5-coder', [], '█').prompt).toBe('<|fim_prefix|><|fim_suffix|><|fim_middle|>');
});
