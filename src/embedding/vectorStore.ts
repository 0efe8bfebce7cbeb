import { type FileHandle, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Vectors by key in one file that is only ever appended to, so that work that broke off goes on where it was:
 *
 *     16 bytes   magic, format version, dimensions
 *     entries    16 bytes key, then one signed byte a dimension: the vector times 127
 *
 * A last entry that breaks off is cut away when the file is opened; a file of another format is begun anew.
 */
const MAGIC = 'WISPVEC\n';
const FORMAT = 1;
const HEADER = 16;
export const KEY_BYTES = 16;

export class VectorStore {
  readonly dimensions: number;
  readonly #file: FileHandle;
  /** Place of a key's vector in `#vectors`, in vectors. */
  readonly #places = new Map<string, number>();
  #vectors: Int8Array;

  private constructor(file: FileHandle, dimensions: number) {
    this.#file = file;
    this.dimensions = dimensions;
    this.#vectors = new Int8Array(dimensions << 8);
  }

  /** Opens the file, or makes it. Only what `keep` names stays, if most of it would go. */
  static async open(path: string, dimensions: number, keep?: (key: string) => boolean): Promise<VectorStore> {
    await mkdir(dirname(path), { recursive: true });
    const stored = await readFile(path).catch(() => Buffer.alloc(0));
    const header = headerOf(dimensions);
    const isOurs = stored.subarray(0, HEADER).equals(header);
    const size = KEY_BYTES + dimensions;
    const count = isOurs ? Math.floor((stored.length - HEADER) / size) : 0;
    const entries = Array.from({ length: count }, (_, i) =>
      stored.subarray(HEADER + i * size, HEADER + (i + 1) * size),
    );
    const kept = keep ? entries.filter(entry => keep(keyOf(entry))) : entries;
    const isWorthIt = kept.length < count / 2;
    const left = isWorthIt ? kept : entries;
    if (!isOurs || isWorthIt || stored.length !== HEADER + count * size) {
      const beside = `${path}.${process.pid}.tmp`;
      await writeFile(beside, Buffer.concat([header, ...left]));
      await rename(beside, path);
    }
    const store = new VectorStore(await open(path, 'a'), dimensions);
    for (const entry of left) {
      const { buffer, byteOffset } = entry;
      store.#put(keyOf(entry), new Int8Array(buffer, byteOffset + KEY_BYTES, dimensions));
    }
    return store;
  }

  get size(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /** Adds vectors of length 1, to memory and to the file. */
  async add(keys: readonly string[], vectors: readonly Float32Array[]): Promise<void> {
    const entries: Buffer[] = [];
    keys.forEach((key, i) => {
      if (this.has(key)) return;
      const bytes = Int8Array.from(vectors[i]!, value => Math.round(value * 127));
      this.#put(key, bytes);
      entries.push(Buffer.from(key, 'hex'), Buffer.from(bytes.buffer));
    });
    if (entries.length > 0) await this.#file.appendFile(Buffer.concat(entries));
  }

  /** The likeness of the query with the vector of each key, -1 to 1; -1 for a key that has none. */
  likeness(query: Float32Array, keys: readonly string[]): Float32Array {
    const { dimensions } = this;
    return Float32Array.from(keys, key => {
      const place = this.#places.get(key);
      if (place === undefined) return -1;
      let sum = 0;
      for (let d = 0, at = place * dimensions; d < dimensions; d++, at++)
        sum += query[d]! * this.#vectors[at]!;
      return sum / 127;
    });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #put(key: string, bytes: Int8Array): void {
    const place = this.#places.get(key) ?? this.#places.size;
    const end = (place + 1) * this.dimensions;
    if (end > this.#vectors.length) {
      const larger = new Int8Array(Math.max(end, this.#vectors.length * 2));
      larger.set(this.#vectors);
      this.#vectors = larger;
    }
    this.#vectors.set(bytes, place * this.dimensions);
    this.#places.set(key, place);
  }
}

function headerOf(dimensions: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(FORMAT, 8);
  header.writeUInt32LE(dimensions, 12);
  return header;
}

const keyOf = (entry: Buffer): string => entry.toString('hex', 0, KEY_BYTES);
