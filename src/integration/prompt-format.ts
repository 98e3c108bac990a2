import { z } from 'zod';
import { FACTS, ID } from './catalog-format.ts';

/** `prompts.yml`: what a prompt asks of a person in an image, as a lexicon: all of one `words` group, in one sentence, none of `not`. */
export const PROMPTS_FILE = z.array(
  z.strictObject({
    id: ID,
    /** Phrases of words in lower case, `*` ends a prefix (`identif* * person`: a lone `*` is up to four words). One of them must occur. */
    phrases: z.array(z.string()).min(1),
    not: z.array(z.string()).default([]),
    capability: z.string(),
    facts: FACTS.optional(),
  }),
);
export type PromptRule = z.output<typeof PROMPTS_FILE>[number];
