/** What a finding does: block the merge, warn, or inform. */
export type Severity = 'block' | 'warn' | 'inform';

const RANK: Readonly<Record<Severity, number>> = { inform: 0, warn: 1, block: 2 };

/** Whether the first is more lenient than the second. */
export function weaker(a: Severity, b: Severity): boolean {
  return RANK[a] < RANK[b];
}

/** The kinds of the review's own findings, each with the most that it does by default. */
export const FINDING_KIND_SEVERITIES = {
  undeclared_integration: 'block',
  undeclared_capability: 'block',
  undeclared_fact: 'block',
  contradicted_fact: 'block',
  invalid_document: 'block',
  configuration: 'block',
  description_lint: 'warn',
} as const satisfies Record<string, Severity>;
