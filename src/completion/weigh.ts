import { hasSecret } from '../base/secrets.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Intensity } from '../domain/settings.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Ruling } from '../guardrails/guard.ts';

/**
 * How sure Wisp must still be of what a guard doubts. A server's answers begin at 0.5: one doubt hides them from who wants
 * it quiet, two from who has it balanced.
 */
const LEAST_SURE: Readonly<Record<Intensity, number>> = { quiet: 0.4, balanced: 0.2, eager: 0.1 };

/** What becomes of a suggestion after its guards: refused by one, too much in doubt, or offered as they left it. */
export function weigh(suggestion: Suggestion, ruling: Ruling, wanted: Intensity | 'all'): Outcome {
  if (ruling.verdict === 'refused') {
    return rejected(ruling.guard ?? '', ruling.reason ?? '', ruling.text);
  }
  const confidence = suggestion.confidence * ruling.trust;
  const [doubt] = ruling.doubts;
  if (doubt && wanted !== 'all' && confidence < LEAST_SURE[wanted]) {
    const sure = `so Wisp is only ${Math.round(100 * confidence)} % sure of it`;
    return rejected(doubt.guard, `${doubt.reason}, ${sure}`, ruling.text);
  }
  return { kind: 'offered', suggestion: Object.freeze({ ...suggestion, text: ruling.text, confidence }) };
}

function rejected(guard: string, reason: string, text: string): Outcome {
  // A piece of a secret is told by where it stands, which only its guard knows.
  const secret = guard === 'containsSecret' || hasSecret(text);
  return { kind: 'rejected', guard, reason, ...(!secret && { text }) };
}
