import { type Guard, KEPT, placeOf } from './guard.ts';

/** How chat models begin when they talk about code instead of writing it. */
const TALK = /^\s*(?:sure|certainly|of course|okay|here(?:'s|’s| is| are))\b[^\n]*[:.!]\s*\n+/i;
/** A shorter beginning of a line may well come twice: `a = a`, `if (if`. */
const LEAST_ECHO = 6;

/** Leaves out what a model says before it begins: talk, and the beginning of the line that is there already. */
export const echoesPrompt: Guard = {
  name: 'echoesPrompt',
  judge(judged) {
    const { text, context } = judged;
    const line = placeOf(judged).linePrefix.trim();
    const steps: string[] = [];
    let left = text;
    if (context.document.languageId !== 'markdown' && TALK.test(left)) {
      left = left.replace(TALK, '');
      steps.push('left out the talk before it');
    }
    if (line.length >= LEAST_ECHO && left.trimStart().startsWith(line)) {
      left = left.trimStart().slice(line.length);
      if (/\s$/.test(placeOf(judged).linePrefix)) left = left.replace(/^[ \t]+/, '');
      steps.push('left out the beginning of the line, which stands there already');
    }
    if (steps.length === 0) return KEPT;
    if (left.trim() === '') return { kind: 'refused', reason: 'it only repeats what the model was shown' };
    return { kind: 'repaired', text: left, step: steps.join(', ') };
  },
};
