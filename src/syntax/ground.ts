import { Edit, type Node, type Parser, type Point, type Tree } from 'web-tree-sitter';
import { type Fault, faultsIn } from './faults.ts';

/** A text with one line taken out. */
export interface Gap {
  /** Up to the line's start, and from its line ending on. */
  readonly head: string;
  readonly tail: string;
}

/** Parses, within the time that there is; undefined when it is out. */
export type Parse = (parser: Parser, text: string, old?: Tree) => Tree | undefined;

/**
 * What stands around a line, parsed once. What could stand in the line's place is parsed as an edit of it, which costs a
 * fraction: most of the tree stays as it is.
 */
export class Ground {
  readonly gap: Gap;
  readonly #parser: Parser;
  readonly #tree: Tree;
  readonly #start: Point;
  readonly #end: Point;
  #faults: readonly Fault[] | undefined;

  /** `tree` is that of the text without the line, and becomes the ground's own. */
  constructor(gap: Gap, parser: Parser, tree: Tree) {
    this.gap = gap;
    this.#parser = parser;
    this.#tree = tree;
    this.#start = pointAfter(gap.head, { row: 0, column: 0 });
    this.#end = tree.rootNode.endPosition;
  }

  /** What is wrong without the line. */
  get faults(): readonly Fault[] {
    this.#faults ??= faultsIn(this.#tree.rootNode);
    return this.#faults;
  }

  /** Reads the tree of the whole text with `line` in the gap. */
  readWith<T>(line: string, parse: Parse, reader: (root: Node) => T): T | undefined {
    return this.#read(line, this.gap.tail, this.gap.head.length, this.#start, parse, reader);
  }

  /** Reads the tree of the text up to the end of `line`. */
  readUpTo<T>(line: string, parse: Parse, reader: (root: Node) => T): T | undefined {
    const { head, tail } = this.gap;
    return this.#read(line, '', head.length + tail.length, this.#end, parse, reader);
  }

  delete(): void {
    this.#tree.delete();
  }

  #read<T>(
    line: string,
    tail: string,
    oldEndIndex: number,
    oldEndPosition: Point,
    parse: Parse,
    reader: (root: Node) => T,
  ): T | undefined {
    const { head } = this.gap;
    const old = this.#tree.copy();
    let tree: Tree | undefined;
    try {
      old.edit(
        new Edit({
          startIndex: head.length,
          oldEndIndex,
          newEndIndex: head.length + line.length,
          startPosition: this.#start,
          oldEndPosition,
          newEndPosition: pointAfter(line, this.#start),
        }),
      );
      tree = parse(this.#parser, head + line + tail, old);
      return tree && reader(tree.rootNode);
    } finally {
      tree?.delete();
      old.delete();
    }
  }
}

/** Where a text ends that begins at `origin`. */
function pointAfter(text: string, origin: Point): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', lineStart)) {
    row++;
    lineStart = at + 1;
  }
  const column = text.length - lineStart;
  return row === 0 ? { row: origin.row, column: origin.column + column } : { row: origin.row + row, column };
}
