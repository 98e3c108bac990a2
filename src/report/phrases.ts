import { ERROR_CODES } from '../document/error-codes.ts';
import type { Place } from '../document/place.ts';
import { capabilityName } from '../review/names.ts';
import { providerOf } from '../review/providers.ts';
import type { Finding, FindingKind, Verdict, VerdictOutcome } from '../review/verdict.ts';
import { oneLine } from './neutralise.ts';

/** The findings that decide the outcome: brought by the change, and overridden by nobody. */
export function openFindings({ findings }: Pick<Verdict, 'findings'>): readonly Finding[] {
  return findings.filter(({ age, overridden }) => age === 'new' && overridden === undefined);
}

/** `1 finding`, `2 findings`. Irregular plurals are given. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** What a finding is, in one or two words. */
export function labelOf({ kind, policy }: Finding): string {
  return policy === undefined ? OWN_LABELS[kind] : POLICY_LABELS[policy.status][policy.outcome];
}

const POLICY_LABELS = {
  in_force: { prohibited: 'Prohibited', undetermined: 'Undecided', duty_unmet: 'Duty not met' },
  upcoming: { prohibited: 'Soon prohibited', undetermined: 'Soon undecided', duty_unmet: 'Duty not met, soon' },
} as const;

const OWN_LABELS: Readonly<Record<FindingKind, string>> = {
  policy: 'Policy',
  undeclared_integration: 'Undeclared',
  undeclared_capability: 'Undeclared',
  undeclared_fact: 'Not stated',
  contradicted_fact: 'Contradiction',
  invalid_document: 'Invalid declaration',
  description_lint: 'Question',
  configuration: 'Configuration',
};

/** A finding's heading: the rule's title, or what was seen. Plain text, and hostile where it names what a repository holds. */
export function headingOf({ kind, policy, integration, problem, decisiveFacts, useCase }: Finding): string {
  if (policy !== undefined) return policy.title;
  const capability = decisiveFacts.find((fact) => fact.name === 'capability')?.value;
  const service = integration === undefined ? '' : providerOf(integration.provider).name;
  switch (kind) {
    case 'undeclared_integration':
    case 'undeclared_capability':
      return capability === undefined
        ? `Use of ${service}`
        : `${capitalise(capabilityName(capability))} with ${service}`;
    case 'undeclared_fact':
    case 'contradicted_fact':
      return `${decisiveFacts.at(-1)?.name ?? ''}: ${decisiveFacts.at(-1)?.value ?? ''}`;
    case 'description_lint':
      return `Words and facts of ${oneLine(useCase?.title ?? '')} differ`;
    default:
      return problem === undefined ? '' : problemTitle(problem.code);
  }
}

function problemTitle(code: string): string {
  return (ERROR_CODES as Readonly<Record<string, { readonly title: string }>>)[code]?.title ?? code;
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where a finding's declaration stands, among its places. */
export function declarationPlace({ place, related }: Finding): Place | undefined {
  return [place, ...related].find((one) => one !== undefined && /\.ya?ml$/i.test(one.path));
}

/**
 * Whose clause a policy finding rests on: `Microsoft, Code of conduct for Azure OpenAI Service (2024-05-01), USPD`, and from when where
 * that day is to come.
 */
export function clauseOf({ policy }: Pick<Finding, 'policy'>): string | undefined {
  if (policy === undefined) return undefined;
  const { publisher, document, version } = policy.source;
  return `${publisher}, ${document} (${version}), ${policy.rule}${beginningOf(policy)}`;
}

/** From when a clause that is not in force yet will be: `, from 2026-05-01 on`; else nothing. */
export function beginningOf({ status, source }: NonNullable<Finding['policy']>): string {
  return status === 'upcoming' && source.effectiveFrom !== undefined ? `, from ${source.effectiveFrom} on` : '';
}

/** How a clause is known, where that is less than by its own text; one sentence, or nothing. */
export function evidenceNote({ policy }: Finding): string | undefined {
  return policy === undefined ? undefined : EVIDENCE[policy.grade];
}

const EVIDENCE: Readonly<Record<string, string>> = {
  'S-v': 'The clause is known as the press quoted it.',
  M: 'The clause is known by the same words in a sibling document.',
  'S-p': 'The clause is known by paraphrase only, so it warns at most.',
  U: 'The clause could not be confirmed, so it warns at most.',
};

export const OUTCOME_WORDS: Readonly<Record<VerdictOutcome, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  needs_information: 'Needs information',
  incomplete: 'Incomplete',
};

/** Facts that the asking findings want, and questions of interpretation apart; first those on which most findings hang. */
export function missingFacts(findings: readonly Finding[]): {
  readonly facts: readonly string[];
  readonly questions: readonly string[];
} {
  const wanted = new Map<string, number>();
  for (const name of findings.filter(({ level }) => level === 'ask').flatMap((finding) => finding.missingFacts)) {
    wanted.set(name, (wanted.get(name) ?? 0) + 1);
  }
  const names = [...wanted].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const isQuestion = (name: string) => name.startsWith(QUESTION);
  return {
    facts: names.filter((name) => !isQuestion(name)),
    questions: names.filter(isQuestion).map((name) => name.slice(QUESTION.length)),
  };
}

const QUESTION = 'interpretation:';
