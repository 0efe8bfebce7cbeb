import type { Node } from 'web-tree-sitter';
import { linePrefixOf, lineSuffixOf } from '../base/text.ts';
import { faultsIn } from './faults.ts';
import type { Trees } from './trees.ts';
import { isViable, Lookaheads } from './viable.ts';

/** A text between what stands before and after it. */
export interface Insertion {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

/**
 * Whether a document with `text` in it is no worse than without: it has no more faults than without the line of the
 * cursor, or the text is the beginning of something that could be right. For measurements: whole documents are parsed,
 * and as long as it takes.
 */
export function parsesWith(trees: Trees, grammar: string, { prefix, text, suffix }: Insertion): boolean {
  const read = <T>(content: string, reader: (root: Node) => T): T =>
    trees.read(grammar, content, Number.POSITIVE_INFINITY, reader)!;
  const faults = (content: string) => read(content, faultsIn).length;
  const lineStart = prefix.length - linePrefixOf(prefix).length;
  const without = faults(prefix.slice(0, lineStart) + suffix.slice(lineSuffixOf(suffix).length));
  if (faults(prefix + text + suffix) <= without) return true;
  if (lineSuffixOf(suffix).trim() !== '') return false;
  // A backslash before the line break takes it away.
  const begun = prefix + text.replace(/\\\s*$/, '');
  return read(begun, root => isViable(root, lineStart, begun.trimEnd().length, new Lookaheads()));
}
