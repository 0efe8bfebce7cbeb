import { createHash } from 'node:crypto';

/** Hex SHA-256 of the parts, each kept apart from the next so that moving a boundary changes the hash. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${part.length}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}
