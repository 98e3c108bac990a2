import type { Finding } from '../review/verdict.ts';
import { count, headingOf, labelOf, missingFacts } from './phrases.ts';

/** Findings that are one matter to a reader: said once, with all their clauses or places. Never empty; the first is the worst. */
export interface FindingGroup {
  /** Identifies the group over pushes: the fingerprint of one of its findings. */
  readonly fingerprint: string;
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/**
 * Puts together what a person would mend together, in the order given: the clauses that one use case breaks at one place; the open
 * clauses of one use case, which all ask for facts; the undeclared calls of one capability in one file.
 */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = groupKey(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ fingerprint: identityOf(members), first, findings: members }];
  });
}

/** Whether a matter hangs on facts that nobody stated. */
export function isUndecided({ first }: FindingGroup): boolean {
  return first.policy?.outcome === 'undetermined';
}

/** The facts that a matter asks for, and the open readings, of all its findings, whatever their level. */
export function missingOf({ findings }: FindingGroup): ReturnType<typeof missingFacts> {
  return missingFacts(findings.map((finding) => ({ ...finding, level: 'ask' })));
}

/** Facts that the declaration states and that others of the group's clauses rest on: missing, too, they are stated in part. */
export function statedFacts({ findings }: FindingGroup): ReadonlySet<string> {
  const facts = findings.flatMap(({ decisiveFacts }) => decisiveFacts);
  return new Set(
    facts.filter(({ origins }) => origins.some(({ source }) => source === 'declaration')).map(({ name }) => name),
  );
}

/** A matter's heading in plain text. */
export function groupHeading(group: FindingGroup): string {
  const { first } = group;
  if (!isUndecided(group)) return `${labelOf(first)}: ${headingOf(first)}`;
  const { facts, questions } = missingOf(group);
  const parts = [
    facts.length > 0 ? `${count(facts.length, 'fact')} missing` : '',
    questions.length > 0 ? `${count(questions.length, 'reading')} open` : '',
  ];
  return `Undecided: ${parts.filter(Boolean).join(', ')}`;
}

function groupKey({ kind, level, policy, useCase, place, integration, fingerprint }: Finding): string {
  const at = `${place?.path}:${place?.range.startLine}`;
  if (policy !== undefined) return JSON.stringify([useCase?.id, policy.outcome, policy.status, level, at]);
  if (kind === 'undeclared_integration') {
    return JSON.stringify([kind, place?.path, integration?.provider, integration?.capability, level]);
  }
  return fingerprint;
}

/** The fingerprint of the member whose rule comes first by name, which stays when the order of severity shifts. */
function identityOf(members: readonly Finding[]): string {
  return (
    members
      .map(({ rule, fingerprint }) => ({ rule, fingerprint }))
      .sort((a, b) => (`${a.rule} ${a.fingerprint}` < `${b.rule} ${b.fingerprint}` ? -1 : 1))[0]?.fingerprint ?? ''
  );
}
