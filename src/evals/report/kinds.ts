/** How a report names the classes of holes. */
const NAMES: Readonly<Record<string, string>> = {
  'line-start': 'start of a line',
  'after-tokens': 'after the first words',
  'mid-line': 'within a line',
  'multi-line': 'whole block',
  brackets: 'brackets alone',
  import: 'import',
  comment: 'comment',
  moved: 'moved line',
};

/** A class by its name for a reader; one that a file of holes brought keeps its own. */
export function kindName(holeClass: string): string {
  return Object.hasOwn(NAMES, holeClass) ? NAMES[holeClass]! : holeClass;
}
