import type { ErrorCodeEntry } from '../error-code-entry.ts';

/** Of `.github/sightline.yml`, of a repository and of its organisation. */
export const CONFIGURATION_ERRORS = {
  'SL-CONF-LOOSENS': {
    title: 'A repository loosens what its organisation requires',
    meaning:
      "The organisation's configuration is a floor: a repository may be stricter, not more lenient. The organisation's setting stays in force.",
    remedy: 'Take the setting out, or ask the organisation to change its configuration or to allow the key.',
  },
  'SL-CONF-MISPLACED': {
    title: 'A configuration at a place where it is not read',
    meaning: 'Only `.github/sightline.yml` is read, so nothing of this file is in force.',
    remedy: 'Rename it to `.github/sightline.yml`, or remove it.',
  },
  'SL-CONF-UNKNOWN-POLICY': {
    title: 'An unknown policy',
    meaning: 'No shipped or custom pack has this id or series; a misspelt policy would judge nothing.',
    remedy: 'Use the suggested id; `sightline policy list` shows all.',
  },
  'SL-CONF-UNKNOWN-VERSION': {
    title: 'An unknown version of a policy',
    meaning: 'No pack of this id has this version, so nothing would be judged by it.',
    remedy: 'Use one of the versions that the message names, or leave the version out.',
  },
  'SL-CONF-UNKNOWN-RULE': {
    title: 'An unknown rule or kind of finding',
    meaning: 'A severity is set, or approvers are named, for something that does not exist.',
    remedy: 'Write <policy>, <policy>/<rule>, or a kind of finding.',
  },
  'SL-CONF-UNKNOWN-INTERPRETATION': {
    title: 'An unknown interpretation',
    meaning: 'No pack asks this question of interpretation.',
    remedy: 'Write <name> or <policy>/<name> of an interpretation; `sightline policy show` lists them.',
  },
  'SL-CONF-ORGANISATION-ONLY': {
    title: 'A key that only an organisation may use',
    meaning: 'The key says what repositories may loosen; a repository cannot say that of itself.',
    remedy: "Move it to the organisation's configuration.",
  },
} as const satisfies Record<string, ErrorCodeEntry>;
