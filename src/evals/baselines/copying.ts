import { linePrefixOf } from '../../base/text.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import type { Baseline } from './baseline.ts';
import type { Scene } from './scene.ts';
import { wordsIn } from './wordSets.ts';

/** Written lines above a place that tell what it is about. */
export const LINES_ABOVE = 5;

/** A line of the workspace that could be copied, and how like what stands above it is to what stands above the cursor. */
export interface CopiedLine {
  /** Without the white space around it. */
  readonly line: string;
  readonly similarity: number;
}

/**
 * Copies a line out of what a retriever found: of its best `places`, the line below the stretch that is most like the
 * lines above the cursor, or, in a line that was begun, the rest of such a line that begins with the same text.
 *
 * For the retrievers of peers this is not how they complete but what of their context can be had without a model. For
 * the best chunk alone it is the retrieval-only mode of Wang et al., "CodeT5+" (EMNLP 2023), section 5.4, which gives the
 * top-1 retrieved code out as the answer, a line at a time.
 */
export class Copying implements Baseline {
  readonly name: string;
  readonly #retriever: Retriever;
  readonly #scene: Scene;
  readonly #places: number;

  constructor(name: string, retriever: Retriever, scene: Scene, places: number) {
    this.name = name;
    this.#retriever = retriever;
    this.#scene = scene;
    this.#places = places;
  }

  complete(context: CompletionContext): string | undefined {
    const found = this.#retriever.retrieve(context).slice(0, this.#places);
    const wanted = new Set(found.map(({ path }) => path));
    const texts = new Map<string, readonly string[]>();
    // What is open stands for what is on the disk.
    for (const { path, text } of [...this.#scene.files(), ...this.#scene.open()]) {
      if (wanted.has(path)) texts.set(path, text.split(/\r?\n/));
    }
    const here = aboveCursor(context.prefix);
    const lines = found.flatMap(({ path, startLine, endLine }) =>
      copyable((texts.get(path) ?? []).slice(startLine - 1, endLine), here),
    );
    return restOfLine(context.prefix, lines);
  }
}

/** The words of the written lines above the cursor's own. */
export function aboveCursor(prefix: string): ReadonlySet<string> {
  const above = prefix.slice(0, prefix.lastIndexOf('\n') + 1);
  const written = above.split(/\r?\n/).filter(line => line.trim() !== '');
  return new Set(written.slice(-LINES_ABOVE).flatMap(wordsIn));
}

/** The best line that goes on as the cursor's line was begun: what of it is not there yet. Of equals the first. */
export function restOfLine(prefix: string, lines: readonly CopiedLine[]): string | undefined {
  const typed = linePrefixOf(prefix).trimStart();
  let best: CopiedLine | undefined;
  for (const candidate of lines) {
    const fits = candidate.line.length > typed.length && candidate.line.startsWith(typed);
    if (fits && candidate.similarity > (best?.similarity ?? 0)) best = candidate;
  }
  return best?.line.slice(typed.length);
}

function copyable(lines: readonly string[], here: ReadonlySet<string>): readonly CopiedLine[] {
  const written = lines.filter(line => line.trim() !== '');
  return written.slice(1).map((line, i) => {
    const above = new Set(written.slice(Math.max(0, i + 1 - LINES_ABOVE), i + 1).flatMap(wordsIn));
    return { line: line.trim(), similarity: jaccard(here, above) };
  });
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}
