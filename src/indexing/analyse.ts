import { hashOf } from '../base/hash.ts';
import { maskLines } from '../base/secrets.ts';
import { languageOf } from '../domain/languages.ts';
import type { Outline } from '../syntax/outline.ts';
import { chunk } from './chunk.ts';
import { decode } from './decode.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import { lex } from './lexer.ts';
import { machineMade } from './machineMade.ts';
import { isSecretFile } from './secretFiles.ts';
import { packSymbols } from './symbolTable.ts';

/** A file as it is on disk, or unsaved text, for which `size` and `mtimeMs` are 0. */
export interface Source {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly languageId: string;
  readonly content: Uint8Array | string;
  /** Of the content's bytes, where it is known already. */
  readonly hash?: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What a text declares, undefined where that cannot be told. */
export type OutlineOf = (grammar: string, text: string) => Outline | undefined;

/** What the index keeps of a file, or why it keeps nothing. Pure: the same content gives the same record anywhere. */
export function analyse(
  { path, languageId, content, hash, size, mtimeMs }: Source,
  outlineOf: OutlineOf = () => undefined,
): FileRecord | Skipped {
  if (isSecretFile(path)) return { path, skipped: 'secret' };
  const decoded = typeof content === 'string' ? { text: content } : decode(content);
  if ('skipped' in decoded) return { path, skipped: decoded.skipped };
  const made = machineMade(path, decoded.text);
  if (made) return { path, skipped: made };
  // What the index does not hold it can neither show, nor send, nor leave on the disk.
  const text = maskLines(decoded.text);

  const { tokens, strings } = lex(text);
  const { grammar } = languageOf(languageId);
  const outline = grammar === undefined ? undefined : outlineOf(grammar, text);
  return {
    path,
    languageId,
    size,
    mtimeMs,
    hash: hash ?? hashOf(bytesOf(content)),
    strings,
    tokens,
    chunks: chunk(text, tokens, outline?.declarations, outline?.statements),
    symbols: packSymbols(outline?.symbols ?? [], strings),
  };
}

export function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
