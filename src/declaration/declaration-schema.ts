import { z } from 'zod';
import { globList } from '../document/glob-schema.ts';
import { SERVICE_NAMES } from '../facts/services.ts';

/** The characters of an id: it stands in findings, markers and the ledger, and must not need quoting anywhere. */
const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * A declaration as people write it. Facts are read by `readFact`, because the vocabulary says more of them than a schema
 * can; the published JSON Schema has them in full (see `declarationJsonSchema`).
 */
export const declarationSchema = z.strictObject({
  id: z
    .string()
    .regex(
      ID_PATTERN,
      'an id has letters, digits, dots, dashes and underscores, begins with a letter or digit, and is at most 100 long',
    )
    .meta({
      description:
        'The name of the use case, unique in the repository and kept for ever: overrides and the ledger refer to it.',
    }),
  title: z.string().min(1).max(200).optional().meta({ description: 'A short title; the id where it is left out.' }),
  owners: z
    .array(z.string().min(1).max(200))
    .max(50)
    .optional()
    .meta({ description: 'Who answers for the use case: @user, @org/team or a mail address.' }),
  services: z
    .array(z.enum(SERVICE_NAMES as [string, ...string[]]))
    .max(SERVICE_NAMES.length)
    .optional()
    .meta({ description: 'Every AI service that the use case runs on; they decide which policies apply.' }),
  covers: globList.optional().meta({ description: 'The code that the use case answers for.' }),
  facts: z.record(z.string(), z.unknown()).nullish().meta({
    description:
      'What is known of the use case. A fact that is left out, or is unknown, is asked for where it decides.',
  }),
  description: z.string().max(20_000).optional().meta({ description: 'What it does and why, in free text.' }),
});

export type WrittenDeclaration = z.output<typeof declarationSchema>;
