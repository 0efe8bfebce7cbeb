import type { Node } from 'web-tree-sitter';
import { lastRowOf } from './rows.ts';

/** The captures by which `syntaxes/<language>/outline.scm` names what is defined. Tables keep a kind as its place here. */
export const SYMBOL_KINDS = [
  'function',
  'method',
  'class',
  'interface',
  'type',
  'enum',
  'constant',
  'field',
  'module',
  'macro',
  /** Holds members of a type that is defined elsewhere, as Rust's `impl` does. */
  'extension',
] as const;
export type SymbolKind = (typeof SYMBOL_KINDS)[number];

/** Something with a name that other code may use. Lines count from 1, both ends included. */
export interface SymbolSpan {
  readonly kind: SymbolKind;
  readonly name: string;
  /** The name of the type or module that it is a member of. */
  readonly container: string | undefined;
  readonly startLine: number;
  /** Where what a caller must know ends: above the body, or at the end where there is none. */
  readonly signatureEndLine: number;
}

/** Without a body, a signature of more lines is a value: its first lines say what it is. */
const MOST_SIGNATURE_LINES = 4;

const KINDS: ReadonlySet<string> = new Set(SYMBOL_KINDS);
const HOLDERS: ReadonlySet<SymbolKind> = new Set(['class', 'interface', 'enum', 'module', 'extension']);

interface Found {
  kind: SymbolKind;
  readonly name: Node;
  node: Node;
  body: Node | undefined;
  container: string | undefined;
}

/** What a tree defines, in the order of the text, by the matches of its language's `outline` query. */
export function symbolsOf(
  matches: readonly (readonly { readonly name: string; readonly node: Node }[])[],
): readonly SymbolSpan[] {
  const found = new Map<number, Found>();
  for (const captures of matches) {
    const named = (name: string) => captures.find(capture => capture.name === name)?.node;
    const name = named('name');
    const definition = captures.find(capture => KINDS.has(capture.name));
    if (!name || !definition) continue;
    const body = named('body');
    const container = named('container')?.text;
    const kind = definition.name as SymbolKind;
    const known = found.get(name.id);
    if (!known) found.set(name.id, { kind, name, node: definition.node, body, container });
    else merge(known, { kind, node: definition.node, body, container });
  }
  return inOrder([...found.values()]);
}

/** The match that knows the body knows best what it is; the widest one says where it stands. */
function merge(known: Found, { kind, node, body, container }: Omit<Found, 'name'>): void {
  if (body && !known.body) Object.assign(known, { kind, body });
  if (node.startIndex < known.node.startIndex || node.endIndex > known.node.endIndex) known.node = node;
  known.container ??= container;
}

function inOrder(found: Found[]): readonly SymbolSpan[] {
  found.sort((a, b) => a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex);
  const open: { readonly end: number; readonly name: string }[] = [];
  return found.map(({ kind, name: { text, startIndex }, node, body, container }) => {
    const name = text.replace(/^[:#]/, '');
    while (open.length > 0 && open.at(-1)!.end <= startIndex) open.pop();
    const holder = container ?? open.at(-1)?.name;
    if (HOLDERS.has(kind)) open.push({ end: node.endIndex, name });
    const startLine = node.startPosition.row + 1;
    return {
      kind,
      name,
      container: holder,
      startLine,
      signatureEndLine: signatureEnd(node, body, startLine),
    };
  });
}

/** A body that begins on a line of its own leaves that line out; a brace behind the signature does not. */
function signatureEnd(node: Node, body: Node | undefined, startLine: number): number {
  const endLine = lastRowOf(node) + 1;
  if (!body) return Math.min(endLine, startLine + MOST_SIGNATURE_LINES - 1);
  const before = body.previousSibling;
  const row = body.startPosition.row;
  const shared = row === node.startPosition.row || (before !== null && lastRowOf(before) === row);
  return Math.max(startLine, Math.min(endLine, shared ? row + 1 : row));
}
