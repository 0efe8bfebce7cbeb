/** Lines that one side has in place of the other's. Lines count from 0; with a count of 0 the place is before `start`. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

/** A file that a commit changed. */
export interface FileChange {
  /** After the commit, or before it where the file was deleted. Slash-separated, from the repository's top. */
  readonly path: string;
  /** Where the text was before, if it was renamed. */
  readonly renamedFrom?: string;
  /** Blob ids; undefined where there is no file. */
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
  /** In the order of lines. None where only the name or the mode changed. */
  readonly hunks: readonly Hunk[];
}

/** What has to be asked of `git diff-tree` so that `parsePatch` understands the answer whatever the user's settings. */
export const PATCH_OPTIONS: readonly string[] = [
  ...['-r', '-z', '--raw', '--no-abbrev', '--patch', '--unified=0', '--inter-hunk-context=0', '--no-color'],
  ...['--no-ext-diff', '--no-textconv', '--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules=all'],
  // Attributes are read from the work tree, which is not the state that is asked about: every file is text.
  '--text',
  ...['--diff-algorithm=histogram', '--indent-heuristic', '--find-renames', '-l1000'],
  // A change of type, as from a file to a link, would print two patches for one file.
  '--diff-filter=AMDR',
];

/** Reads raw records and patches as `PATCH_OPTIONS` make git print them. Of a patch only the places of its lines count. */
export function parsePatch(output: Buffer): readonly FileChange[] {
  const { changes, end } = parseRaw(output);
  const patches = output.subarray(end);
  const hunks: Hunk[][] = [];
  for (let at = 0; at < patches.length; ) {
    const newline = patches.indexOf(NEWLINE, at);
    const next = newline < 0 ? patches.length : newline + 1;
    // Lines of text begin with '+', '-', or '\', so none of them looks like these two.
    const first = patches[at];
    if (first === AT_SIGN) {
      const hunk = hunkOf(patches.subarray(at, next).toString('latin1'));
      if (hunk) hunks.at(-1)?.push(hunk);
    } else if (first === LETTER_D && patches.subarray(at, at + 11).toString('latin1') === 'diff --git ') {
      hunks.push([]);
    }
    at = next;
  }
  if (hunks.length !== changes.length) {
    throw new Error(`Git printed ${hunks.length} patches for ${changes.length} files.`);
  }
  return changes.map((change, i) => ({ ...change, hunks: hunks[i]! }));
}

const NEWLINE = 10;
const AT_SIGN = 64;
const LETTER_D = 100;
const COLON = 58;

function hunkOf(line: string): Hunk | undefined {
  const numbers = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
  if (!numbers) return undefined;
  const [oldStart, oldCount, newStart, newCount] = [1, 2, 3, 4].map(i => Number(numbers[i] ?? 1));
  return {
    // Git counts from 1, and names the line before a place that has no lines.
    oldStart: oldCount === 0 ? oldStart! : oldStart! - 1,
    oldCount: oldCount!,
    newStart: newCount === 0 ? newStart! : newStart! - 1,
    newCount: newCount!,
  };
}

/** `:<mode> <mode> <blob> <blob> <status>`, then one path, or two for a rename, each ended by NUL. */
function parseRaw(output: Buffer): { changes: Omit<FileChange, 'hunks'>[]; end: number } {
  const changes: Omit<FileChange, 'hunks'>[] = [];
  let at = 0;
  const field = () => {
    const nul = output.indexOf(0, at);
    const text = output.subarray(at, nul < 0 ? output.length : nul).toString('utf8');
    at = nul < 0 ? output.length : nul + 1;
    return text;
  };
  while (output[at] === COLON) {
    const [, , oldBlob, newBlob, status] = field().slice(1).split(' ');
    const first = field();
    const renamed = status?.startsWith('R');
    changes.push({
      path: renamed ? field() : first,
      ...(renamed && { renamedFrom: first }),
      oldBlob: blobOf(oldBlob),
      newBlob: blobOf(newBlob),
    });
  }
  // One more NUL stands between the records and the patches.
  return { changes, end: output[at] === 0 ? at + 1 : at };
}

/** Git writes zeros where there is no blob. */
function blobOf(id: string | undefined): string | undefined {
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}
