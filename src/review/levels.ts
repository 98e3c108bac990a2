import type { Configuration } from '../configuration/configuration.ts';
import type { RuleResult } from '../policy/policy.ts';
import type { FindingKind, Level } from './verdict.ts';
import { rankOf } from './weights.ts';

type Severities = Configuration['severity'];

/**
 * The level of a rule's outcome. The configuration's severity for the rule, or else its policy, goes before the pack's; a clause that is
 * only known by paraphrase, or not confirmed, warns unless the configuration names it. A version that is not in force yet warns at most. What is
 * undetermined asks where the rule would block, and else only informs.
 */
export function policyLevel(result: RuleResult, severities: Severities): Level {
  const configured = severities.get(`${result.policy}/${result.rule}`) ?? severities.get(result.policy);
  let level: Level = configured ?? result.severity;
  const isWeak = result.grade === 'S-p' || result.grade === 'U';
  if ((isWeak && configured === undefined) || result.status === 'upcoming') level = atMost('warn', level);
  if (result.outcome !== 'undetermined') return level;
  return level === 'block' ? 'ask' : 'inform';
}

/**
 * The level of one of the review's own findings. `natural` is what it weighs by itself; a configured `block` makes of what asks or warns
 * a block, `warn` and `inform` lower what is above them. What informs by nature stays so, and the lint of descriptions never does more than warn.
 */
export function ownLevel(kind: FindingKind, natural: Level, severities: Severities): Level {
  const configured = severities.get(kind);
  const level = configured === undefined ? natural : configure(natural, configured);
  return kind === 'description_lint' ? atMost('warn', level) : level;
}

function configure(natural: Level, configured: Level): Level {
  if (configured === 'block') return natural === 'inform' ? 'inform' : 'block';
  return atMost(configured, natural);
}

function atMost(limit: Level, level: Level): Level {
  return rankOf(level) > rankOf(limit) ? limit : level;
}

/** Whether findings block on that day (ISO date); dates compare as text. */
export function isEnforced({ mode, enforceFrom }: Pick<Configuration, 'mode' | 'enforceFrom'>, on: string): boolean {
  return enforceFrom === undefined ? mode === 'enforce' : on >= enforceFrom;
}
