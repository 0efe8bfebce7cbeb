import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { memoryFor } from './growing.ts';

/** Bytes that are copied, looked over and written in a millisecond or two: whoever waits on this thread waits no longer. */
const PIECE = 1 << 20;
const WORD = Int32Array.BYTES_PER_ELEMENT;
const ALIGNMENT = 8;
const SUM = 32;

/**
 * Writes parts one after the other through one small buffer, and the SHA-256 of all of them behind the last. Between two
 * pieces others have a turn.
 */
export class SnapshotWriter {
  readonly #handle: FileHandle;
  readonly #goOn: () => void;
  readonly #piece = new Uint8Array(PIECE);
  readonly #hash = createHash('sha256');

  /** `goOn` is called after others have had a turn, and may throw. */
  constructor(handle: FileHandle, goOn: () => void) {
    this.#handle = handle;
    this.#goOn = goOn;
  }

  /** What is written as it is; it must be whole words. */
  async bytes(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    await this.#handle.writeFile(bytes);
    this.#goOn();
  }

  /** Something to be read by `SnapshotReader.json`; a few thousand values at most, for it is made in one go. */
  async json(value: unknown): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(value));
    // JSON may be followed by spaces.
    const part = Buffer.alloc(ALIGNMENT + aligned(bytes.length), 0x20);
    part.fill(0, 0, ALIGNMENT);
    part.writeUInt32LE(part.length - ALIGNMENT, 0);
    part.set(bytes, ALIGNMENT);
    await this.bytes(part);
  }

  /**
   * Integers to be read by `SnapshotReader.numbers`, so many rows of `columns`. `fill` is asked for some whole rows at a
   * time: it gets the place for them and the number of the first.
   */
  async numbers(rows: number, columns: number, fill: (into: Int32Array, row: number) => void): Promise<void> {
    const most = Math.floor(PIECE / WORD / columns);
    for (let row = 0; row < rows; row += most) {
      const into = new Int32Array(this.#piece.buffer, 0, Math.min(most, rows - row) * columns);
      fill(into, row);
      await this.bytes(this.#piece.subarray(0, into.byteLength));
    }
    const padding = aligned(rows * columns * WORD) - rows * columns * WORD;
    if (padding > 0) await this.bytes(new Uint8Array(padding));
  }

  async end(): Promise<void> {
    await this.#handle.writeFile(this.#hash.digest());
    await this.#handle.sync();
  }
}

/** Reads what a `SnapshotWriter` wrote, each part to where it is to stay. Rejects where that cannot be. */
export class SnapshotReader {
  readonly #handle: FileHandle;
  /** Bytes that have not been read yet, without the sum. */
  #left: number;
  readonly #hash = createHash('sha256');

  /** `size` is that of the file. */
  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#left = size - SUM;
  }

  async bytes(length: number): Promise<Buffer> {
    this.#expect(length);
    const bytes = Buffer.alloc(length);
    await this.#read(bytes);
    return bytes;
  }

  async json<T>(): Promise<T> {
    const length = (await this.bytes(ALIGNMENT)).readUInt32LE(0);
    return JSON.parse((await this.bytes(length)).toString()) as T;
  }

  /** So many integers, at the beginning of memory that has room for `room` more. */
  async numbers(length: number, room = 0): Promise<Int32Array<ArrayBuffer>> {
    this.#expect(length * WORD);
    const numbers = new Int32Array(memoryFor((length + room) * WORD), 0, length);
    await this.#read(new Uint8Array(numbers.buffer, 0, length * WORD));
    await this.bytes(aligned(length * WORD) - length * WORD);
    return numbers;
  }

  /** Whether that was all, and all is as it was written. */
  async end(): Promise<boolean> {
    if (this.#left !== 0) return false;
    const sum = Buffer.alloc(SUM);
    const { bytesRead } = await this.#handle.read(sum);
    return bytesRead === SUM && this.#hash.digest().equals(sum);
  }

  /** A damaged length must not be taken for a wish for memory. */
  #expect(length: number): void {
    if (!(length >= 0 && length <= this.#left)) throw new Error('The stored index is shorter than it says.');
    this.#left -= length;
  }

  async #read(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + PIECE);
      const { bytesRead } = await this.#handle.read(piece);
      if (bytesRead === 0) throw new Error('The stored index ends too soon.');
      this.#hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
  }
}

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
