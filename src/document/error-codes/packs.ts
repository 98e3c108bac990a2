import type { ErrorCodeEntry } from '../error-code-entry.ts';

/** Of policy packs and their worked cases. */
export const PACK_ERRORS = {
  'SL-PACK-UNKNOWN-NAME': {
    title: 'A name that the pack does not have',
    meaning:
      'A condition refers to a definition that does not stand above it, or to an interpretation that the pack lacks.',
    remedy: 'Use a name of the pack, or add the definition or interpretation.',
  },
  'SL-PACK-DUPLICATE-RULE': {
    title: 'The same rule id twice',
    meaning: 'Findings, overrides and settings name a rule by its id, so that it must be unique in its pack.',
    remedy: 'Give one of the two another id.',
  },
  'SL-PACK-DUPLICATE-VERSION': {
    title: 'The same version of a policy twice',
    meaning: 'Two pack files have the same id and version; which one judges would be chance.',
    remedy: 'Change the version of one, or remove it.',
  },
  'SL-PACK-RESERVED-NAME': {
    title: 'A custom policy under the name of another',
    meaning:
      'A custom policy adds rules; under the id or series of a policy that judges already it would replace them.',
    remedy: 'Give the policy an id and a series of its own.',
  },
  'SL-PACK-DATES': {
    title: 'Dates in the wrong order',
    meaning: 'Something ends before it begins.',
    remedy: 'Correct effective_from or effective_until.',
  },
  'SL-PACK-CONDITION': {
    title: 'A condition that cannot be used there',
    meaning: 'Exceptions and territories are claimed by facts; an open question of interpretation claims nothing.',
    remedy: 'Use facts there.',
  },
  'SL-PACK-TOO-COMPLEX': {
    title: 'A rule is too complex',
    meaning: 'Evaluating the rule exactly would take too long.',
    remedy: 'Split the rule into several.',
  },
  'SL-CASE-UNKNOWN-POLICY': {
    title: 'A worked case of an unknown policy',
    meaning: 'The file of worked cases names a policy, version or rule that is not loaded.',
    remedy: 'Correct the name, or give the pack file as well.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
