import type { CheckReport, CheckRequest } from '../domain/check.ts';
import { grammarsOf, languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Grammars } from '../syntax/grammars.ts';
import { innermost } from '../syntax/injections.ts';
import { parsesWith } from '../syntax/parsesWith.ts';
import type { Trees } from '../syntax/trees.ts';
import { applyGuards, type Guard } from './guard.ts';

export interface CheckerParts {
  /** All of them, in their order. */
  readonly guards: readonly Guard[];
  readonly grammars: Grammars;
  readonly trees: Trees;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
}

/** Judges texts that no model was asked for: those of `wisp check`, of evaluations and of measurements. */
export class Checker {
  readonly #parts: CheckerParts;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  /** Several lines count as asked for where several are given. */
  async check(request: CheckRequest): Promise<CheckReport> {
    const { guards, grammars, trees, elapsed } = this.#parts;
    const context = contextOf(request);
    const { uri } = context.document;
    // An open document has its grammars and its tree before anything is suggested in it.
    await Promise.all(grammarsOf(languageOf(request.languageId)).map(name => grammars.prepare(name)));
    const inner = innermost(request);
    const { grammar } = languageOf(inner.languageId);
    const known = grammar !== undefined && trees.knows(grammar);
    if (known) trees.tree(uri, grammar, inner.prefix + inner.suffix, Number.POSITIVE_INFINITY);
    const range = { start: context.position, end: context.position };
    const judged = { context, text: request.text, range, multiLine: request.text.includes('\n') };
    const start = elapsed();
    const ruling = applyGuards(guards, judged, () => {});
    const { verdict, text, guard = null, reason = null } = ruling;
    const doubts = ruling.doubts.map(doubt => doubt.reason);
    const ms = elapsed() - start;
    trees.forget(uri);
    const parses =
      request.parses && known ? parsesWith(trees, grammar, { ...inner, text: request.text }) : null;
    return { verdict, text, guard, reason, doubts, ms, parses };
  }
}

function contextOf({ path, languageId, prefix, suffix }: CheckRequest): CompletionContext {
  const lastLine = prefix.lastIndexOf('\n') + 1;
  let line = 0;
  for (let at = prefix.indexOf('\n'); at >= 0; at = prefix.indexOf('\n', at + 1)) line++;
  return {
    requestId: 'check',
    document: { uri: `check:${path}`, path, languageId, version: 1, text: prefix + suffix },
    position: { line, character: prefix.length - lastLine },
    prefix,
    suffix,
    trigger: 'automatic',
  };
}
