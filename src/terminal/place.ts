import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lineSuffixOf } from '../base/text.ts';
import type { Position } from '../domain/document.ts';
import { languageOfPath } from '../domain/languages.ts';
import type { OpenDocument } from '../engine/api.ts';
import { UsageError } from './command.ts';
import { counted } from './layout.ts';

/** A cursor in a file on disk, with the document as an editor would open it. */
export interface Place {
  readonly document: OpenDocument & { readonly file: string };
  /** Zero-based, as the engine counts. */
  readonly position: Position;
}

/** The absolute path of a folder that the user has named; one sentence if it is none. */
export async function folderAt(given: string): Promise<string> {
  const directory = resolve(given);
  const found = await stat(directory).catch(() => undefined);
  if (!found) throw new Error(`There is no folder ${given}.`);
  if (!found.isDirectory()) throw new Error(`${given} is a file, not a folder.`);
  return directory;
}

/** Reads the file of `FILE:LINE:COL` and finds the place in it. FILE is relative to `directory` or absolute. */
export async function readPlace(directory: string, given: string): Promise<Place> {
  const { file, line, column } = parsePlace(given);
  const path = resolve(directory, file);
  const text = await readText(path, file);
  const document = {
    uri: pathToFileURL(path).href,
    file: path,
    languageId: languageOfPath(path.replaceAll('\\', '/'))?.id ?? 'plaintext',
    version: 1,
    text,
    dirty: false,
  };
  return { document, position: locate(text, { file, line, column }) };
}

/** `FILE:LINE:COL`, both counted from 1. */
export function parsePlace(given: string): { file: string; line: number; column: number } {
  const parts = /^(.+):(\d+):(\d+)$/s.exec(given);
  if (!parts) throw new UsageError(`'${given}' is no place: give FILE:LINE:COL, such as src/a.ts:12:5.`);
  return { file: parts[1]!, line: Number(parts[2]), column: Number(parts[3]) };
}

/** The position in the text; a line or column that the text does not have is an error of one sentence. */
export function locate(text: string, place: { file: string; line: number; column: number }): Position {
  const { file, line, column } = place;
  const lines = text.split('\n');
  const content = lines[line - 1]?.replace(/\r$/, '');
  if (content === undefined) {
    throw new Error(`${file} has ${counted(lines.length, 'line')}; there is no line ${line}.`);
  }
  if (column < 1 || column > content.length + 1) {
    throw new Error(
      `Line ${line} of ${file} has columns 1 to ${content.length + 1}; there is no column ${column}.`,
    );
  }
  return { line: line - 1, character: column - 1 };
}

/** The place in the document as it was before the rest of its line was written. */
export function withoutRestOfLine({ document, position }: Place): Place {
  const lines = document.text.split('\n');
  const line = lines[position.line]!;
  const rest = lineSuffixOf(line.slice(position.character));
  lines[position.line] = line.slice(0, position.character) + line.slice(position.character + rest.length);
  return { document: { ...document, text: lines.join('\n'), dirty: true }, position };
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`There is no file ${file} in that folder.`);
    if (code === 'EISDIR') throw new Error(`${file} is a folder, not a file.`);
    throw new Error(`${file} cannot be read (${code}).`);
  }
}
