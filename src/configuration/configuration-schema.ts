import { z } from 'zod';
import { isDay } from '../document/day.ts';
import { globList } from '../document/glob-schema.ts';

/** Entries in one list or map: far above what people write. */
const MOST = 500;

const NAME = z.string().min(1).max(200);

const SEVERITY = z.enum(['block', 'warn', 'inform']);

const POLICY = z.union([
  NAME,
  z.strictObject({
    id: NAME.meta({ description: 'Id of a pack, or of a series of packs' }),
    version: NAME.optional().meta({ description: 'Judge by this version, whatever is in force' }),
  }),
]);

/** https://docs.github.com/enterprise-cloud@latest/admin/managing-iam: letters, digits, single dashes; `_` in managed users. */
const LOGIN = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'a login has letters, digits, dashes and underscores, without @');

const TEAM = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    'a team is written organisation/slug, without @',
  );

const APPROVERS = z.strictObject({
  applies: z
    .array(NAME)
    .max(MOST)
    .optional()
    .meta({ description: '<policy> or <policy>/<rule>, or kinds of findings; everything where left out' }),
  users: z.array(LOGIN).max(MOST).optional().meta({ description: 'Logins' }),
  teams: z.array(TEAM).max(MOST).optional().meta({ description: 'organisation/slug' }),
  roles: z
    .array(NAME)
    .max(MOST)
    .optional()
    .meta({ description: 'Names of repository roles: admin, maintain, custom roles' }),
});

function isEachOnce(policies: readonly z.output<typeof POLICY>[]): boolean {
  return new Set(policies.map((policy) => (typeof policy === 'string' ? policy : policy.id))).size === policies.length;
}

/** The keys of which an organisation may say that repositories are free in them. */
export const RELEASABLE_KEYS = ['policies', 'severity', 'mode', 'interpretations', 'ignore', 'approvers'] as const;

/** `.github/sightline.yml` as people write it; the same form for a repository and for its organisation. */
export const configurationSchema = z.strictObject({
  policies: z
    .union([z.literal('all'), z.array(POLICY).min(1).max(MOST).refine(isEachOnce, 'it names a policy twice')])
    .optional()
    .meta({
      description:
        'The policies to judge by, each where it applies; all: every policy that the services of a use case call for',
    }),
  declarations: globList.optional().meta({ description: 'Where declarations of use cases are' }),
  packs: globList.optional().meta({ description: 'Where custom policy packs of this repository are' }),
  ignore: globList.optional().meta({ description: 'Paths in which no integrations are looked for' }),
  severity: z
    .record(NAME, SEVERITY)
    .optional()
    .meta({ description: 'By <policy>, <policy>/<rule> or kind of finding: block, warn or inform' }),
  mode: z.enum(['enforce', 'advise']).optional().meta({ description: 'advise: nothing blocks' }),
  enforce_from: z
    .string()
    .refine(isDay, { error: 'a day is written 2026-12-31' })
    .optional()
    .meta({ description: 'Advise before this day (UTC), enforce from it' }),
  interpretations: z.record(NAME, z.boolean()).optional().meta({
    description:
      'How open questions of interpretation are settled, by <name> or <policy>/<name>: does the disputed reading apply?',
  }),
  approvers: z.array(APPROVERS).max(MOST).optional().meta({ description: 'Who may approve overrides' }),
  comments: z
    .strictObject({
      review: z.boolean().optional().meta({ description: 'Comment on the lines of new findings' }),
      suggestions: z.boolean().optional().meta({ description: 'Propose exact fixes as suggestions' }),
      expiry_issue: z.boolean().optional().meta({ description: 'Open an issue seven days before overrides end' }),
    })
    .optional(),
  allow: z
    .array(z.enum(RELEASABLE_KEYS))
    .optional()
    .meta({ description: 'Of an organisation only: the keys in which repositories are free' }),
});

export type WrittenConfiguration = z.output<typeof configurationSchema>;
