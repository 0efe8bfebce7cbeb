import { expect, test } from 'vitest';
import { decode } from '../../src/indexing/decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test('UTF-8 is read, with or without a byte-order mark', () => {
  expect(decode(Buffer.from('naïve 🦊\r\n'))).toEqual({ text: 'naïve 🦊\r\n' });
  expect(decode(Buffer.from('\ufeffa'))).toEqual({ text: 'a' });
  expect(decode(bytes())).toEqual({ text: '' });
});

test('UTF-16 is read where a mark says so', () => {
  expect(decode(Buffer.from('\ufeffvar ü', 'utf16le'))).toEqual({ text: 'var ü' });
  expect(decode(Buffer.from('\ufeffvar ü', 'utf16le').swap16())).toEqual({ text: 'var ü' });
});

test('a NUL byte near the beginning makes a file binary, a late one does not', () => {
  expect(decode(bytes(0x89, 0x50, 0, 1))).toEqual({ skipped: 'binary' });
  const late = Buffer.from(`${'x'.repeat(10_000)}\0`);
  expect(decode(late)).toEqual({ text: late.toString() });
});

test('what is neither is left out and not guessed at', () => {
  expect(decode(Buffer.from('caf\xe9', 'latin1'))).toEqual({ skipped: 'not UTF-8' });
  expect(decode(bytes(0xff, 0xfe, 0x61))).toEqual({ skipped: 'not UTF-8' });
  // Half a surrogate pair.
  expect(decode(bytes(0xff, 0xfe, 0x00, 0xd8))).toEqual({ skipped: 'not UTF-8' });
});
