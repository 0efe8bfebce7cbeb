import { indentationOf } from '../../../src/base/text.ts';
import type { Random } from '../../../src/evals/random.ts';
import type { TrueText } from './trueTexts.ts';

export interface Damage {
  readonly kind: string;
  /** Harms the syntax more often than not; of the other kinds that is not to be expected. */
  readonly ofSyntax: boolean;
  /** The damaged text, undefined where the true one cannot be damaged in this way. */
  readonly apply: (text: TrueText, random: Random, others: readonly TrueText[]) => string | undefined;
}

const pick = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)]!;

/** One match of a pattern in the text, replaced. */
function replaceOne(
  pattern: RegExp,
  replacement: (found: string) => string,
): (text: TrueText, random: Random) => string | undefined {
  return ({ target }, random) => {
    const found = [...target.matchAll(pattern)];
    if (found.length === 0) return undefined;
    const { 0: old, index } = pick(found, random);
    return target.slice(0, index) + replacement(old) + target.slice(index + old.length);
  };
}

export const DAMAGES: readonly Damage[] = [
  { kind: 'opening bracket dropped', ofSyntax: true, apply: replaceOne(/[([{]/g, () => '') },
  { kind: 'closing bracket dropped', ofSyntax: true, apply: replaceOne(/[)\]}]/g, () => '') },
  { kind: 'opening bracket doubled', ofSyntax: true, apply: replaceOne(/[([{]/g, old => old + old) },
  { kind: 'closing bracket doubled', ofSyntax: true, apply: replaceOne(/[)\]}]/g, old => old + old) },
  { kind: 'quote dropped', ofSyntax: true, apply: replaceOne(/["'`]/g, () => '') },
  {
    kind: 'cut within a string',
    ofSyntax: true,
    apply({ target }, random) {
      const strings = [...target.matchAll(/(["'`])[^"'`\n]{2,}\1/g)];
      if (strings.length === 0) return undefined;
      const { 0: literal, index } = pick(strings, random);
      return target.slice(0, index + 2 + random.below(literal.length - 2));
    },
  },
  {
    kind: 'block cut after a line',
    ofSyntax: true,
    apply({ target, block }, random) {
      const lines = target.split('\n');
      return block && lines.length > 2
        ? lines.slice(0, 1 + random.below(lines.length - 1)).join('\n')
        : undefined;
    },
  },
  {
    kind: 'block cut in a line',
    ofSyntax: true,
    apply({ target, block }, random) {
      const inner = [...target.matchAll(/(?<=\w)\W|(?<=\W)\w/g)].map(({ index }) => index);
      const late = inner.filter(index => index > target.indexOf('\n'));
      return block && late.length > 0 ? target.slice(0, pick(late, random)) : undefined;
    },
  },
  {
    kind: 'wrong indentation',
    ofSyntax: false,
    apply({ target, block }, random) {
      const lines = target.split('\n');
      if (!block) return undefined;
      const row = 1 + random.below(lines.length - 1);
      const indentation = indentationOf(lines[row]!);
      const wrong = [`${indentation}   `, indentation.slice(1), indentation.replaceAll('\t', '    '), ''];
      const line = pick(wrong, random) + lines[row]!.slice(indentation.length);
      if (line === lines[row] || line.trim() === '') return undefined;
      return [...lines.slice(0, row), line, ...lines.slice(row + 1)].join('\n');
    },
  },
  {
    kind: 'line said four times',
    ofSyntax: false,
    apply({ target, prefix, block }) {
      const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
      const again = `\n${line}${target}`;
      return block || (line + target).trim().length < 8 ? undefined : target + again.repeat(3);
    },
  },
  {
    kind: 'the next lines below',
    ofSyntax: false,
    apply({ prefix, suffix }) {
      const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
      const below = suffix
        .split('\n')
        .slice(1)
        .filter(other => other.trim() !== '')
        .slice(0, 2);
      const telling = below.length === 2 && below.every(other => /\w{4}.*\w{4}/.test(other));
      return telling && line.trim() === '' ? below.join('\n').trimStart() : undefined;
    },
  },
  {
    kind: 'the last lines above',
    ofSyntax: false,
    apply({ prefix }) {
      const lines = prefix.split('\n');
      const line = lines.pop()!;
      const above = lines.filter(other => other.trim() !== '').slice(-3);
      const telling = above.length === 3 && above.every(other => /\w{4}/.test(other));
      return telling && line.trim() === '' ? above.join('\n').trimStart() : undefined;
    },
  },
  {
    kind: 'identifier renamed',
    ofSyntax: false,
    apply: replaceOne(/\b[a-z]\w{4,}\b(?=[(.])/g, old => `${old.slice(0, 3)}${'zqxv'}${old.slice(3)}`),
  },
  {
    kind: 'foreign language',
    ofSyntax: true,
    apply({ language, block }, random, others) {
      const family = (id: string) => id.replace('react', '').replace('javascript', 'typescript');
      const foreign = others.filter(
        other =>
          other.block === block && family(other.language) !== family(language) && other.target.length > 15,
      );
      return foreign.length > 0 ? pick(foreign, random).target : undefined;
    },
  },
  {
    kind: 'secret planted',
    ofSyntax: false,
    apply(text, random) {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
      const drawn = (length: number) => Array.from({ length }, () => letters[random.below(62)]).join('');
      const secret = pick(
        [
          `ghp_${drawn(36)}`,
          `AKIA${drawn(16).toUpperCase()}`,
          `sk-proj-${drawn(40)}`,
          `xoxb-${drawn(12)}-${drawn(24)}`,
        ],
        random,
      );
      return replaceOne(/(["'])[^"'\n]{2,}\1/g, old => old[0] + secret + old[0])(text, random);
    },
  },
  {
    kind: 'control token at the end',
    ofSyntax: true,
    apply: ({ target }, random) =>
      target + pick(['<|endoftext|>', '<|im_end|>', '<｜end▁of▁sentence｜>', '<EOT>', '\n```\n'], random),
  },
];
