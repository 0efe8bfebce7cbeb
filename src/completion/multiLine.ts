import { linePrefixOf, lineSuffixOf } from '../base/text.ts';
import type { CompletionContext } from '../domain/request.ts';

/**
 * Whether more than the rest of the line is wanted: where the user has just opened a block or stands on an empty line.
 * Anywhere else the rest of one statement is what is being typed, and more of it is more to read.
 */
export function wantsMultiLine(context: CompletionContext): boolean {
  if (lineSuffixOf(context.suffix).trim() !== '') return false;
  const line = linePrefixOf(context.prefix).trim();
  return line === '' || /[{([:]$|=>$|\b(?:do|then|else|begin)$/.test(line);
}
