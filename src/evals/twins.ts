import { languageOf } from '../domain/languages.ts';
import type { CommitHole } from './commitHoles.ts';
import type { GitObjects } from './gitObjects.ts';
import { hashOfNeighbourhood, leaks, mayHold, neighbourhoodsIn } from './leaks.ts';
import { NEAR_DUPLICATE, resemblance, type Sketch, sketchOf } from './nearDuplicates.ts';
import type { TreeFile } from './treeFiles.ts';

/** What of the tree before a commit would give a hole's answer away. */
export interface HoleTwins {
  /** Files that resemble the hole's file as its commit left it. They are left out of the index. */
  readonly nearDuplicates: readonly string[];
  /** Files that are in the index and hold the line between the same neighbours. */
  readonly seenIn: readonly string[];
}

/** What is kept of a blob: it is the same in every commit that has it. */
interface Fingerprint {
  readonly sketch: Sketch;
  readonly neighbourhoods: Uint32Array;
}

/** Larger files are not in the index, by default. */
const MOST_FILE_BYTES = 512 * 1024;

/** Looks for twins of files and lines. Keeps what it has read of a blob, as commits share nearly all of theirs. */
export class Twins {
  readonly #objects: GitObjects;
  readonly #prints = new Map<string, Promise<Fingerprint | undefined>>();

  constructor(objects: GitObjects) {
    this.#objects = objects;
  }

  /**
   * The twins of each hole of one commit, in their order; a hole's file is compared with files of its own family.
   * @param finished the texts that the commit gave to the holes' files, by path.
   * @param tree the files before the commit.
   */
  async of(
    holes: readonly CommitHole[],
    finished: ReadonlyMap<string, string>,
    tree: readonly TreeFile[],
  ): Promise<readonly HoleTwins[]> {
    const families = new Set(holes.map(familyOf));
    const files = tree.filter(({ family }) => families.has(family));
    const prints = await Promise.all(files.map(({ blob }) => this.#print(blob)));
    const known = files.flatMap((file, i) => (prints[i] ? [{ file, print: prints[i] }] : []));
    const duplicates = new Map<string, readonly string[]>();
    for (const { path, family } of distinctFiles(holes)) {
      const sketch = sketchOf(finished.get(path) ?? '');
      const alike = known.filter(
        ({ file, print }) =>
          file.path !== path && file.family === family && resemblance(sketch, print.sketch) > NEAR_DUPLICATE,
      );
      duplicates.set(
        path,
        alike.map(({ file }) => file.path),
      );
    }
    return Promise.all(
      holes.map(async hole => {
        const nearDuplicates = duplicates.get(hole.path)!.filter(path => !hole.exclude?.includes(path));
        const wanted = hashOfNeighbourhood(hole.neighbourhood);
        const seen = known.filter(({ print }) => mayHold(print.neighbourhoods, wanted));
        const texts = await Promise.all(seen.map(({ file }) => this.#read(file)));
        const exclude = [...(hole.exclude ?? []), ...nearDuplicates];
        return { nearDuplicates, seenIn: leaks({ ...hole, exclude }, texts) };
      }),
    );
  }

  #print(blob: string): Promise<Fingerprint | undefined> {
    let print = this.#prints.get(blob);
    if (!print) {
      print = this.#objects
        .text(blob, MOST_FILE_BYTES)
        .then(text => text && { sketch: sketchOf(text), neighbourhoods: neighbourhoodsIn(text) })
        .then(found => found || undefined);
      this.#prints.set(blob, print);
    }
    return print;
  }

  async #read({ path, blob }: TreeFile): Promise<{ path: string; text: string }> {
    return { path, text: (await this.#objects.text(blob)) ?? '' };
  }
}

function distinctFiles(holes: readonly CommitHole[]): Iterable<{ path: string; family: string }> {
  return new Map(holes.map(hole => [hole.path, { path: hole.path, family: familyOf(hole) }])).values();
}

function familyOf({ language }: CommitHole): string {
  return languageOf(language).family;
}
