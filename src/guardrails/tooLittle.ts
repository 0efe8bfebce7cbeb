import { type Guard, KEPT } from './guard.ts';

/** Refuses what is quicker typed than read: nothing, or nothing but closing brackets and separators. */
export const tooLittle: Guard = {
  name: 'tooLittle',
  judge({ text }) {
    if (text.trim() === '') return { kind: 'refused', reason: 'there is nothing in it' };
    if (/^[\s)\]};,:.'"`]*$/.test(text) && !/^\s*(["'])\1\1\s*$/.test(text)) {
      return { kind: 'refused', reason: 'it holds nothing but closing brackets and separators' };
    }
    return KEPT;
  },
};
