import { MASK, maskSecrets } from './secrets.ts';

/**
 * Masks consecutive parts of one text, such as what stands before and after a cursor. A secret that a boundary cuts in
 * two is recognisable in neither half, so in that case the lines that the boundaries cut are masked as a whole.
 */
export function maskAcross(parts: readonly string[]): string[] {
  const masked = parts.map(maskSecrets);
  if (maskSecrets(parts.join('')) === masked.join('')) return masked;
  return masked.map((part, i) => {
    const headless = i > 0 ? withoutFirstLine(part) : part;
    return i < parts.length - 1 ? withoutLastLine(headless) : headless;
  });
}

function withoutFirstLine(text: string): string {
  const newline = text.indexOf('\n');
  return newline < 0 ? '' : text.slice(newline);
}

function withoutLastLine(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1) + MASK;
}
