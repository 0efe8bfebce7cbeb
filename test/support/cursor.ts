import { languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext, Trigger } from '../../src/domain/request.ts';

/** A question at the `█` drawn in `code`. */
export function at(code: string, path = 'src/a.ts', trigger: Trigger = 'automatic'): CompletionContext {
  const cursor = code.indexOf('█');
  if (cursor < 0) throw new Error('No cursor █ is drawn in the code.');
  const prefix = code.slice(0, cursor);
  const suffix = code.slice(cursor + 1);
  const lines = prefix.split('\n');
  return {
    requestId: 'r1',
    document: {
      uri: `file:///${path}`,
      path,
      languageId: languageOfPath(path)?.id ?? 'plaintext',
      version: 1,
      text: prefix + suffix,
    },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
    prefix,
    suffix,
    trigger,
  };
}
