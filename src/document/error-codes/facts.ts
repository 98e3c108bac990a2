import type { ErrorCodeEntry } from '../error-code-entry.ts';

/** Of facts, wherever they are stated. */
export const FACT_ERRORS = {
  'SL-FACT-UNKNOWN': {
    title: 'An unknown fact',
    meaning: 'The vocabulary of facts is fixed; a fact of another name would decide nothing.',
    remedy: 'Use the suggested fact, or put the statement into the description.',
  },
  'SL-FACT-VALUE': {
    title: 'A value that the fact does not have',
    meaning: 'Every fact has a fixed list of values, each with a definition.',
    remedy: 'Use an allowed value, or unknown.',
  },
  'SL-FACT-FORM': {
    title: 'A fact in the wrong form',
    meaning:
      'A fact is one value, a list, a set with open parts, true or false, or a number; which, the vocabulary says.',
    remedy: 'Write the fact in the form that the message shows.',
  },
  'SL-FACT-CONTRADICTION': {
    title: 'A fact that contradicts itself',
    meaning: 'The parts of the fact cannot all be true.',
    remedy: 'Decide for one of them.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
