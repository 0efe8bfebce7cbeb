import { languageOf } from '../domain/languages.ts';

/** A stretch of a document that is written in another language; `language` is a VS Code language id. */
export interface Injection {
  readonly language: string;
  /** Offsets of the inner text, end excluded. */
  readonly from: number;
  readonly to: number;
}

/** The text around a cursor, in the language that is written there. */
export interface Surrounding {
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** The innermost language at the cursor, with as much of the text as is written in it. */
export function innermost(surrounding: Surrounding): Surrounding {
  const { languageId, prefix, suffix } = surrounding;
  if (!languageOf(languageId).embeds) return surrounding;
  const injection = injectionAt(prefix + suffix, prefix.length);
  return injection
    ? {
        languageId: injection.language,
        prefix: prefix.slice(injection.from),
        suffix: suffix.slice(0, injection.to - prefix.length),
      }
    : surrounding;
}

/** A script of some other type is data. */
const SCRIPT_LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\blang\s*=\s*["']?tsx?\b/i, 'typescript'],
  [/\btype\s*=\s*["']?[\w/+-]*json\b/i, 'json'],
  [
    /^(?!.*\btype\s*=)|\btype\s*=\s*["']?(?:module|(?:text|application)\/(?:java|ecma)script)\b/is,
    'javascript',
  ],
];

/** The script or style element of an HTML-like text that `offset` lies in, told without a tree. */
export function injectionAt(text: string, offset: number): Injection | undefined {
  for (const element of ['script', 'style']) {
    const open = lastTag(text, `<${element}`, offset);
    const tagEnd = open < 0 ? -1 : text.indexOf('>', open);
    if (tagEnd < 0 || tagEnd >= offset || lastTag(text, `</${element}`, offset) > open) continue;
    const attributes = text.slice(open + element.length + 1, tagEnd);
    const close = text.toLowerCase().indexOf(`</${element}`, offset);
    const language = element === 'style' ? styleLanguage(attributes) : scriptLanguage(attributes);
    return language === undefined
      ? undefined
      : { language, from: tagEnd + 1, to: close < 0 ? text.length : close };
  }
  return undefined;
}

function scriptLanguage(attributes: string): string | undefined {
  return SCRIPT_LANGUAGES.find(([pattern]) => pattern.test(attributes))?.[1];
}

function styleLanguage(attributes: string): string | undefined {
  return /\blang\s*=/i.test(attributes) ? undefined : 'css';
}

/** Where the last such tag before `offset` begins, -1 if there is none. */
function lastTag(text: string, tag: string, offset: number): number {
  return offset === 0 ? -1 : text.slice(0, offset).toLowerCase().lastIndexOf(tag);
}
