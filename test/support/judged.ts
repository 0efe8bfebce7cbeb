import type { Guard, Judged, Verdict } from '../../src/guardrails/guard.ts';
import { at } from './cursor.ts';

/** A suggestion at the `█` in `code`. `replaces` is what it takes the place of, to the right of the cursor. */
export function judgedAt(
  code: string,
  text: string,
  { path = 'src/a.ts', multiLine = text.includes('\n'), replaces = '', goesOn = false } = {},
): Judged {
  const context = at(code, path);
  const { position } = context;
  const end = { line: position.line, character: position.character + replaces.length };
  return { context, text, range: { start: position, end }, multiLine, goesOn };
}

/** A verdict in one line: `kept`, `→ text`, `refused` or `undecided`. */
export function verdictOf(guard: Guard, judged: Judged): string {
  const verdict: Verdict = guard.judge(judged);
  return verdict.kind === 'repaired' ? `→ ${verdict.text}` : verdict.kind;
}
