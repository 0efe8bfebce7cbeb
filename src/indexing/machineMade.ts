import { languageOfPath } from '../domain/languages.ts';
import type { SkipReason } from './fileRecord.ts';

/** By name: lock files, snapshots and what common code generators and bundlers write. */
const GENERATED_NAMES: readonly RegExp[] = [
  /(^|\/)(package-lock|npm-shrinkwrap|packages\.lock|pnpm-lock|composer|deno|bun)\.(json|lockb?|ya?ml)$/,
  /\.(lock|snap|map)$/,
  /\.min\.(js|mjs|cjs|css)$/,
  /\.pb\.(go|cc|h)$|_pb2(_grpc)?\.pyi?$|_pb\.(js|d\.ts)$/,
  /\.(g|freezed)\.dart$|\.(g|generated|designer)\.cs$/,
];

/**
 * Generators say so at the top, in a comment of their own. Each wording is a statement about the file: a comment that
 * only mentions something auto-generated is ordinary source.
 */
const COMMENT_OR_BLANK = /^\s*($|\/\/|\/\*|\*|#|--|<!--|<\?)/;
const GENERATED_MARKS: readonly RegExp[] = [
  /(^|[\s*])@generated\b/,
  /\bcode generated (by|from)\b/i,
  /\bdo not (manually )?edit\b/i,
  /\b(file|class|code|module) (is|was|has been) (auto[- ]?|automatically )?generated\b/i,
  /\b(auto[- ]?|automatically )generated (by|from|with)\b/i,
];
const HEADER_LINES = 12;

/**
 * Source that people write keeps under 120 characters a line on average, drawings and embedded pictures included, up to
 * about 280 (measured over five repositories); bundlers write thousands.
 */
const MOST_CHARS_A_LINE = 300;

/** Whether the name alone says that a tool wrote the file. */
export function isGeneratedName(path: string): boolean {
  const plain = path.toLowerCase();
  return GENERATED_NAMES.some(row => row.test(plain));
}

/** Whether a text was made by a tool, for machines. Paragraphs of prose on one line are not. */
export function machineMade(path: string, text: string): SkipReason | undefined {
  if (isGeneratedName(path) || saysGenerated(text)) return 'generated';
  if (languageOfPath(path)?.family !== 'prose' && isMinified(text)) return 'minified';
  return undefined;
}

/** Only the comments above the first line of code speak of the whole file. */
function saysGenerated(text: string): boolean {
  // Cut by characters first: a bundle's first line may be the whole of it.
  for (const line of text.slice(0, 2_000).split('\n', HEADER_LINES)) {
    if (!COMMENT_OR_BLANK.test(line)) return false;
    if (GENERATED_MARKS.some(mark => mark.test(line))) return true;
  }
  return false;
}

function isMinified(text: string): boolean {
  if (text.length <= MOST_CHARS_A_LINE) return false;
  const written = text.match(/^.*\S.*$/gm) ?? [];
  const chars = written.reduce((sum, line) => sum + line.length, 0);
  return chars > MOST_CHARS_A_LINE * written.length;
}
