import { z } from 'zod';
import { isDay } from '../document/day.ts';
import { SERVICE_NAMES } from '../facts/services.ts';
import { NAME, WRITTEN_CONDITION } from './written-condition.ts';

const TEXT = z.string().trim().min(1);
const DATE = z.string().refine(isDay, 'it must be a day that exists, as 2024-05-01');
const URL = z.url({ protocol: /^https$/, error: 'it must be an https address' });
const IDENTIFIER = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'it must be lower-case letters, digits, dots and hyphens');

/** Rule ids are the clause's own where it has one: `USPD`, `R15`, `5(1)(h)`, `50.9.1`. */
const RULE_ID = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9().-]{0,31}$/, 'it must be letters, digits, dots, hyphens and brackets');

export const GROUNDS = ['false-positive', 'vendor-approval', 'legal-authority', 'accepted-risk'] as const;

const OVERRIDE = z.strictObject({
  grounds: z.array(z.enum(GROUNDS)),
  approvals: z.number().int().min(1).max(5),
  max_days: z.number().int().min(1).max(730),
});

const PERIOD = { effective_from: DATE.optional(), effective_until: DATE.optional() };

const EXCEPTION = z.strictObject({
  name: TEXT.max(120),
  when: WRITTEN_CONDITION,
  interpretation: NAME.optional(),
});

const RULE = z.strictObject({
  id: RULE_ID,
  clause: TEXT.max(120),
  title: TEXT.max(120),
  kind: z.enum(['prohibition', 'approval_gate', 'duty', 'advice']),
  severity: z.enum(['block', 'warn', 'inform']).optional(),
  grade: z.enum(['P', 'P-copy', 'S-v', 'M', 'S-p', 'U']),
  seen: TEXT.max(600),
  message: TEXT.max(1000),
  remedy: TEXT.max(1000),
  url: URL.optional(),
  when: WRITTEN_CONDITION,
  except: z.array(EXCEPTION).max(10).optional(),
  override: OVERRIDE.optional(),
  continues: z.array(RULE_ID).max(10).optional(),
  ...PERIOD,
});

const INTERPRETATION = z.strictObject({ question: TEXT.max(400), yes: TEXT.max(400), no: TEXT.max(400) });

const TERRITORY = z.strictObject({ within: WRITTEN_CONDITION, settled_by: WRITTEN_CONDITION.optional() });

/** A pack needs a dozen; definitions may stand inside each other, so that their number bounds the depth. */
function few<T extends z.ZodType<object>>(record: T) {
  return record.refine((entries) => Object.keys(entries).length <= 60, 'it has more than 60 entries').optional();
}

/** A pack file: the rules of one document of one publisher in one version. Shipped and custom packs have the same form. */
export const PACK_SCHEMA = z.strictObject({
  id: IDENTIFIER,
  series: IDENTIFIER,
  publisher: TEXT.max(120),
  document: TEXT.max(200),
  version: TEXT.max(60).regex(/^[^\s@]+$/, 'it must have no space and no @'),
  url: URL,
  nature: z.enum(['contract', 'law', 'statement', 'organisation']),
  summary: TEXT.max(1500),
  ...PERIOD,
  applies_to: z.strictObject({
    services: z.union([z.literal('any'), z.array(z.enum(SERVICE_NAMES)).min(1)]),
    territory: TERRITORY.optional(),
  }),
  definitions: few(z.record(NAME, z.strictObject({ says: TEXT.max(400), when: WRITTEN_CONDITION }))),
  interpretations: few(z.record(NAME, INTERPRETATION)),
  rules: z.array(RULE).max(100),
  not_evaluated: z.array(z.strictObject({ clause: TEXT.max(200), why: TEXT.max(600) })).optional(),
});

export type WrittenPack = z.output<typeof PACK_SCHEMA>;
export type WrittenRule = WrittenPack['rules'][number];
