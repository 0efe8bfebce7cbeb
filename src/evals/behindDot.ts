import type { CommitHole } from './commitHoles.ts';

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** A dot, an arrow or two colons between what has members and one that has more than a letter. */
const ACCESS = /(?<=[\p{L}\p{N}_$)\]?!])(?:\.|::|->)(?=([\p{L}_$][\p{L}\p{N}_$]+))/gu;
/** Behind these a dot may be one of prose. */
const QUOTED = /["'`#]|\/\//;

/** The same hole behind the first dot of its line whose member the file does not name above; undefined without one. */
export function behindDot<H extends Pick<CommitHole, 'prefix' | 'target' | 'class'>>(hole: H): H | undefined {
  const { prefix, target } = hole;
  const [line = ''] = target.split('\n', 1);
  const before = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const above = new Set(prefix.match(WORD));
  for (const { 0: dot, 1: member, index } of line.matchAll(ACCESS)) {
    if (QUOTED.test(before + line.slice(0, index))) return undefined;
    if (above.has(member!)) continue;
    const at = index + dot.length;
    return { ...hole, prefix: prefix + target.slice(0, at), target: target.slice(at), class: 'mid-line' };
  }
  return undefined;
}
