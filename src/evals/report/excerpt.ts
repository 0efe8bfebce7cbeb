import { maskSecrets } from '../../base/secrets.ts';
import type { Provenance } from '../../domain/suggestion.ts';

/** A place with what stood there when it was used. */
export interface Excerpt extends Provenance {
  /** The first lines of the place, without secrets; '' if its file could not be read. */
  readonly text: string;
}

/** Longer excerpts are skimmed, not read; who wants more opens the place. */
const MOST_LINES = 12;

/**
 * What stands at these places, in their order.
 * @param read gives a file's text as it is asked, by its path; undefined where it cannot be read.
 */
export async function excerptsOf(
  places: readonly Provenance[],
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly Excerpt[]> {
  const texts = new Map<string, string | undefined>();
  for (const { path } of places) if (!texts.has(path)) texts.set(path, await read(path));
  return places.map(place => ({ ...place, text: linesOf(texts.get(place.path), place) }));
}

function linesOf(text: string | undefined, { startLine, endLine }: Provenance): string {
  if (text === undefined) return '';
  const lines = text.split(/\r?\n/).slice(startLine - 1, endLine);
  const more = lines.length > MOST_LINES ? ['…'] : [];
  return maskSecrets([...lines.slice(0, MOST_LINES), ...more].join('\n').trimEnd());
}
