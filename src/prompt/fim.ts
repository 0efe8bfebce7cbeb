import { maskSecrets } from '../base/secrets.ts';
import { maskAround } from '../base/secretsAcross.ts';
import { headAtLineEnd, tailAtLineStart } from '../base/text.ts';
import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { PromptTemplate } from '../domain/settings.ts';
import { charsIn, type Snippet, tokensIn } from '../domain/snippet.ts';
import { type Family, familyOf } from './families.ts';

/** What a model is sent. */
export interface ModelPrompt {
  readonly prompt: string;
  /** For servers that write the control tokens themselves. */
  readonly suffix?: string;
  readonly stop: readonly string[];
  readonly maxTokens: number;
}

export interface PromptOptions {
  readonly template: PromptTemplate;
  readonly modelName: string;
  /** The most tokens of code that the prompt may hold, estimated by `tokensIn`; the control tokens come on top. */
  readonly contextTokens: number;
  readonly maxTokens: number;
}

/** Shares of the tokens. What the suffix does not need goes to the prefix, what both leave goes to the snippets. */
const SUFFIX_SHARE = 0.15;
const PREFIX_AND_SUFFIX_SHARE = 0.75;

/**
 * The prompt that asks a model to fill in at the cursor. Snippets stand before the file in the order given; if not all
 * fit, the first are left out. The same input gives the same bytes. Secrets are masked, and what the model's tokenizer
 * would take for a control token is broken up.
 */
export function buildPrompt(
  context: CompletionContext,
  snippets: readonly Snippet[],
  options: PromptOptions,
): ModelPrompt {
  const family = familyOf(options.template, options.modelName);
  const { contextTokens, maxTokens } = options;
  const { languageId, path } = context.document;
  const own = snippets.length > 0 ? contextTokens * PREFIX_AND_SUFFIX_SHARE : contextTokens;

  const rawSuffix = headAtLineEnd(context.suffix, charsIn(contextTokens * SUFFIX_SHARE));
  const rawPrefix = tailInSteps(context.prefix, charsIn(own - tokensIn(rawSuffix)));
  const left = contextTokens - tokensIn(rawPrefix) - tokensIn(rawSuffix);
  const [prefix, suffix] = maskAround(context.prefix, context.suffix, rawPrefix.length, rawSuffix.length).map(
    text => harmless(text, family),
  );

  const shown = snippets.map(snippet => ({
    path: oneLine(harmless(snippet.path, family)),
    text: harmless(maskSecrets(snippet.text), family).replace(/\s+$/, ''),
  }));
  const around = { prefix: prefix!, suffix: suffix!, path: oneLine(harmless(path, family)) };
  const prompt = layOut(family, around, shown, { languageId, tokens: left });
  return {
    prompt,
    ...(family.suffixApart && { suffix: around.suffix }),
    stop: family.stop,
    maxTokens,
  };
}

interface Around {
  readonly prefix: string;
  readonly suffix: string;
  readonly path: string;
}

interface File {
  readonly path: string;
  readonly text: string;
}

function layOut(
  family: Family,
  around: Around,
  files: readonly File[],
  { languageId, tokens }: { languageId: string; tokens: number },
): string {
  if (family.files) {
    const { layout, file } = family.files;
    const written = lastThatFit(
      files.map(each => fill(file, { ...each })),
      tokens,
    );
    if (written.length > 0) return fill(layout, { ...around, files: written.join('') });
    return fill(family.layout, { ...around });
  }
  const { lineComment } = languageOf(languageId);
  // Without a comment sign the snippets would read as code of this very file.
  if (lineComment === undefined) return fill(family.layout, { ...around });
  const header = comment(around.path, lineComment);
  const written = lastThatFit(
    files.map(each => comment(`${each.path}\n${each.text}\n`, lineComment)),
    tokens - tokensIn(header),
  );
  const prefix = written.length > 0 ? written.join('') + header + around.prefix : around.prefix;
  return fill(family.layout, { ...around, prefix });
}

/** Puts values into a layout in one pass, so that braces in the values mean nothing. */
function fill(layout: string, values: Readonly<Record<string, string>>): string {
  return layout.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot);
}

/** The best snippets come last, next to the cursor. */
function lastThatFit(texts: readonly string[], tokens: number): string[] {
  const fitting: string[] = [];
  let left = tokens;
  for (const text of [...texts].reverse()) {
    const cost = tokensIn(text);
    if (cost > left) continue;
    left -= cost;
    fitting.unshift(text);
  }
  return fitting;
}

/**
 * The last `most` characters or up to a quarter less, from a line start. The cut moves in steps of a quarter, not with
 * every key, so that a server finds the prompt's beginning unchanged and need not read it again.
 */
function tailInSteps(text: string, most: number): string {
  if (text.length <= most) return text;
  const step = Math.max(1, most >> 2);
  const start = Math.ceil((text.length - most) / step) * step;
  return tailAtLineStart(text, Math.max(0, text.length - start));
}

function comment(text: string, sign: string): string {
  // Every line break that some language knows, or a line of it would not be a comment.
  const lines = text.split(/\r\n|[\n\r\v\f\u2028\u2029]/);
  return `${lines.map(line => `${sign} ${line}`.trimEnd()).join('\n')}\n`;
}

/** A space after the first character, and the tokenizer sees plain text. */
function harmless(text: string, family: Family): string {
  const controls = new RegExp(family.controls, 'g');
  return text.replace(controls, token => `${token.slice(0, 1)} ${token.slice(1)}`);
}

function oneLine(path: string): string {
  return path.replace(/[\r\n]+/g, ' ');
}
