import type { SkipReason } from './fileRecord.ts';

/** Git looks this far for a NUL byte before it calls a file binary. */
const BINARY_PROBE_BYTES = 8_192;

/**
 * The text of a file's bytes, without byte-order mark, or why it has none. UTF-16 is understood where a mark says so,
 * as editors on Windows write it.
 */
export function decode(bytes: Uint8Array): { readonly text: string } | { readonly skipped: SkipReason } {
  const encoding = encodingOf(bytes);
  if (!encoding) return { skipped: 'binary' };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { skipped: 'not UTF-8' };
  }
}

function encodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes.subarray(0, BINARY_PROBE_BYTES).includes(0) ? undefined : 'utf-8';
}
