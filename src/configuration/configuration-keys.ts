import type { ConfigurationKey } from './configuration-key.ts';
import { approversKey } from './keys/approvers.ts';
import { commentsKey } from './keys/comments.ts';
import { interpretationsKey } from './keys/interpretations.ts';
import { modeKey } from './keys/mode.ts';
import { declarationsKey, ignoreKey, packsKey } from './keys/paths.ts';
import { policiesKey } from './keys/policies.ts';
import { severityKey } from './keys/severity.ts';

/** Every key of the configuration and what a repository may do with it over its organisation's floor. */
export const CONFIGURATION_KEYS: readonly ConfigurationKey[] = [
  policiesKey,
  severityKey,
  modeKey,
  interpretationsKey,
  approversKey,
  ignoreKey,
  declarationsKey,
  packsKey,
  commentsKey,
];
