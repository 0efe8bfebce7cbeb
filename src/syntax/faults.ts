import type { Node } from 'web-tree-sitter';

/** A place that a grammar could not make sense of, or where it had to make something up. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly kind: 'error' | 'missing';
}

/** More than this many faults say no more than this many. */
const MOST = 64;

/** The faults under a node, outermost only, in the order of the text. */
export function faultsIn(root: Node): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = (node: Node) => {
    if (node.isError || node.isMissing) {
      faults.push({ start: node.startIndex, end: node.endIndex, kind: node.isError ? 'error' : 'missing' });
    }
    if (!node.hasError) return;
    for (const child of node.children) {
      if (faults.length >= MOST) return;
      if (child.hasError || child.isMissing) visit(child);
    }
  };
  if (root.hasError) visit(root);
  return faults;
}
