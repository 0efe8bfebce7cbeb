import { expect, test } from 'vitest';
import { PROMPT_TEMPLATES } from '../../src/domain/settings.ts';
import { FAMILIES, familyOf } from '../../src/prompt/families.ts';

const FIM_TOKENS: Readonly<Record<string, string>> = {
  '<|fim_prefix|>': 'bars',
  '<fim_prefix>': 'plain',
  '<PRE>': 'llama',
  '<｜fim▁begin｜>': 'deepseek',
  '[PREFIX]': 'codestral',
};

/** Which control tokens the model would see. */
function tokensFor(model: string): string {
  const { layout, suffixApart } = familyOf('auto', model);
  const token = Object.keys(FIM_TOKENS).find(each => layout.includes(each));
  return token ? FIM_TOKENS[token]! : suffixApart ? 'none' : 'unknown';
}

const MODELS: readonly (readonly [string, string, string])[] = [
  ['qwen2.5-coder:1.5b', 'qwen', 'bars'],
  ['qwen2.5-coder-7b-instruct-q4_k_m', 'qwen', 'bars'],
  ['hf.co/Qwen/Qwen2.5-Coder-1.5B-GGUF:Q8_0', 'qwen', 'bars'],
  ['Qwen/Qwen3-Coder-30B', 'qwen', 'bars'],
  ['qwen3-coder-next', 'qwen', 'bars'],
  ['codeqwen:7b', 'starcoder', 'plain'],
  ['starcoder2:3b', 'starcoder', 'plain'],
  ['bigcode/starcoder2-15b', 'starcoder', 'plain'],
  ['starcoder:1b', 'starcoder', 'plain'],
  ['bigcode/starcoderbase-3b', 'starcoder', 'plain'],
  ['stable-code:3b', 'starcoder', 'plain'],
  ['stabilityai/stable-code-3b', 'starcoder', 'plain'],
  ['codellama:7b-code', 'codellama', 'llama'],
  ['codellama/CodeLlama-13b-hf', 'codellama', 'llama'],
  ['codellama:34b-code', 'suffix', 'none'],
  ['codellama:7b-python', 'suffix', 'none'],
  ['phind-codellama', 'suffix', 'none'],
  ['deepseek-coder:6.7b-base', 'deepseek', 'deepseek'],
  ['deepseek-coder-v2:16b-lite-base', 'deepseek', 'deepseek'],
  ['deepseek-r1:8b', 'suffix', 'none'],
  ['codestral-latest', 'codestral', 'codestral'],
  ['mistralai/Codestral-22B-v0.1', 'codestral', 'codestral'],
  ['codestral-mamba-latest', 'suffix', 'none'],
  ['codegemma:2b', 'codegemma', 'bars'],
  ['google/codegemma-7b', 'codegemma', 'bars'],
  ['granite-code:3b', 'granite', 'plain'],
  ['ibm-granite/granite-3b-code-base-2k', 'granite', 'plain'],
  ['granite4:micro', 'granite', 'bars'],
  ['ibm-granite/granite-4.0-h-tiny', 'granite', 'bars'],
  ['granite3.3:8b', 'suffix', 'none'],
  ['gpt-x', 'suffix', 'none'],
  ['gpt-3.5-turbo-instruct', 'suffix', 'none'],
  ['qwen3:8b', 'suffix', 'none'],
  ['llama3.1:8b', 'suffix', 'none'],
  ['wizardcoder:33b', 'suffix', 'none'],
  ['devstral', 'suffix', 'none'],
  ['', 'suffix', 'none'],
];

test.each(MODELS)('%s is asked in the form %s', (model, template, tokens) => {
  expect(familyOf('auto', model).template).toBe(template);
  expect(tokensFor(model)).toBe(tokens);
});

test('a template that the user has chosen holds whatever the name is', () => {
  for (const template of PROMPT_TEMPLATES) {
    if (template === 'auto') continue;
    expect(familyOf(template, 'my-own-finetune').template).toBe(template);
    expect(familyOf(template, 'qwen2.5-coder').template).toBe(template);
  }
});

test('an unknown model under StarCoder is shown no token that only StarCoder2 knows', () => {
  expect(familyOf('starcoder', 'my-own-finetune').files).toBeUndefined();
  expect(familyOf('starcoder', 'starcoder2:3b').files).toBeDefined();
});

test('no row has more stops than OpenAI allows, and every layout takes prefix and suffix', () => {
  for (const { stop, layout, files, suffixApart } of FAMILIES) {
    expect(stop.length).toBeLessThanOrEqual(4);
    for (const each of files ? [layout, files.layout] : [layout]) {
      expect(each).toContain('{prefix}');
      expect(each.includes('{suffix}')).toBe(!suffixApart);
    }
  }
});

test("a family's own control tokens are all broken up", () => {
  for (const { layout, files, controls, stop } of FAMILIES) {
    const written = [layout, files?.layout ?? '', files?.file ?? '', ...stop].join(' ');
    const left = written.replace(new RegExp(controls, 'g'), '').replace(/\{\w+\}|\+\+\+\+\+|workspace/g, '');
    expect(left.trim()).toBe('');
  }
});
