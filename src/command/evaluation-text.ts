import type { UseCase } from '../declaration/use-case.ts';
import type { RuleResult } from '../policy/policy.ts';
import { oneLine } from '../report/neutralise.ts';
import { reasonsOf } from './describe-result.ts';

const WORDS: Readonly<Record<RuleResult['outcome'], string>> = {
  prohibited: 'PROHIBITED',
  undetermined: 'UNDETERMINED',
  duty_unmet: 'DUTY UNMET',
  not_covered: 'not covered',
};

/** What a rule's severity does to those whom it concerns. */
export const EFFECTS: Readonly<Record<RuleResult['severity'], string>> = {
  block: 'blocks',
  warn: 'warns',
  inform: 'informs',
};

/** What the policies say of one use case, for a terminal: what is to be acted on in full, the rest counted. */
export function evaluationText(useCase: UseCase, results: readonly RuleResult[]): string {
  const lines = [`${useCase.id}: ${oneLine(useCase.title)} (${oneLine(useCase.place.path)})`];
  for (const policy of new Set(results.map((result) => `${result.policy}@${result.version}`))) {
    lines.push(...policyLines(results.filter((result) => `${result.policy}@${result.version}` === policy)));
  }
  const missing = [...new Set(results.flatMap(({ missingFacts }) => missingFacts))].sort();
  if (missing.length > 0) lines.push(`  To decide all that is open, state: ${missing.join(', ')}`);
  if (results.length === 0) lines.push('  No policy with a rule to evaluate applies to its services.');
  return `${lines.join('\n')}\n`;
}

function policyLines(results: readonly RuleResult[]): readonly string[] {
  const [first] = results;
  if (first === undefined) return [];
  const { publisher, document, version, effectiveFrom } = first.source;
  const date = first.status === 'upcoming' && effectiveFrom !== undefined ? `, from ${effectiveFrom} on` : '';
  const covered = results.filter(({ outcome }) => outcome !== 'not_covered');
  const rest = results.length - covered.length;
  return [
    `  ${first.policy}: ${publisher}, ${document}, ${version}${date}`,
    ...covered.flatMap(resultLines),
    ...(rest > 0 ? [`    not covered by ${rest} ${rest === 1 ? 'rule' : 'rules'}`] : []),
  ];
}

function resultLines(result: RuleResult): readonly string[] {
  const { outcome, rule, clause, severity, message, remedy, missingFacts, source, status } = result;
  const from = status === 'upcoming' && source.effectiveFrom !== undefined ? `, from ${source.effectiveFrom} on` : '';
  return [
    `    ${WORDS[outcome]} by ${rule} (${clause}; ${EFFECTS[severity]}${from})`,
    `      ${oneLine(message)}`,
    ...reasonsOf(result.proof).map((reason) => `      - ${oneLine(reason)}`),
    ...(missingFacts.length > 0 ? [`      To decide it, state: ${missingFacts.join(', ')}`] : []),
    `      What to do: ${oneLine(remedy)}`,
    `      ${source.url}`,
  ];
}
