import type { EvidenceGrade, OverrideTerms, RuleResult } from './policy.ts';

/**
 * The terms on which a finding can be overridden where a rule names none. A prohibition is nobody's to waive, so only "this is
 * a false alarm" is heard, from two people; an approval gate opens with the vendor's approval.
 */
export const DEFAULT_TERMS: Readonly<Record<RuleResult['kind'], OverrideTerms>> = {
  prohibition: { grounds: ['false-positive'], approvals: 2, maxDays: 90 },
  approval_gate: { grounds: ['false-positive', 'vendor-approval'], approvals: 1, maxDays: 365 },
  duty: { grounds: ['false-positive', 'accepted-risk'], approvals: 1, maxDays: 90 },
  advice: { grounds: ['false-positive', 'accepted-risk'], approvals: 1, maxDays: 365 },
};

/** Grades of clauses whose own words nobody has seen. */
const PARAPHRASED: readonly EvidenceGrade[] = ['S-p', 'M', 'U'];

/** What a rule does by default: a paraphrased clause warns, a prohibition or gate in the publisher's words blocks. */
export function defaultSeverity(kind: RuleResult['kind'], grade: EvidenceGrade): RuleResult['severity'] {
  if (kind === 'advice') return 'inform';
  if (kind === 'duty' || PARAPHRASED.includes(grade)) return 'warn';
  return 'block';
}
