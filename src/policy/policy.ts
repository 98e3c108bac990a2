import type { Place } from '../document/place.ts';
import type { Fact } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';

export type Outcome = 'prohibited' | 'undetermined' | 'duty_unmet' | 'not_covered';

export type { Truth };

/** How well a clause is known; `reference` grades P, P-copy, S-v, M, S-p, U. A clause seen only in paraphrase (S-p) warns by default. */
export type EvidenceGrade = 'P' | 'P-copy' | 'S-v' | 'M' | 'S-p' | 'U';

export type Ground = 'false-positive' | 'vendor-approval' | 'legal-authority' | 'accepted-risk';

/** Whether and how a finding of a rule can be overridden. No grounds: not at all. */
export interface OverrideTerms {
  readonly grounds: readonly Ground[];
  readonly approvals: number;
  readonly maxDays: number;
}

/** A node of the tree that proves a rule's truth: each condition with its own truth and what it was decided by. */
export interface Proof {
  /** The condition in words a person can read, e.g. `operator is us_state_or_local_police`. */
  readonly condition: string;
  readonly op: 'all' | 'any' | 'not' | 'fact' | 'interpretation' | 'definition';
  readonly truth: Truth;
  readonly children: readonly Proof[];
  /** For `fact` nodes: the fact's name and what was known of it (absent: nothing). */
  readonly factName?: string | undefined;
  readonly fact?: Fact | undefined;
  /** For `fact` nodes that compare with values: those that the condition looks for, so that a report can name the one that decided. */
  readonly values?: readonly string[] | undefined;
  /** For `interpretation` nodes: the open question's name. */
  readonly interpretation?: string | undefined;
}

/** What one rule of one policy says of one use case. */
export interface RuleResult {
  readonly policy: string;
  readonly version: string;
  /** Digest of the pack's content, for the ledger. */
  readonly digest: string;
  readonly rule: string;
  /** The rule's short name, for headings. */
  readonly title: string;
  readonly clause: string;
  readonly outcome: Outcome;
  readonly kind: 'prohibition' | 'approval_gate' | 'duty' | 'advice';
  /** What the outcome does by default when it is not `not_covered`. */
  readonly severity: 'block' | 'warn' | 'inform';
  readonly grade: EvidenceGrade;
  /** Plain words of the project: what the clause says, and what to do. */
  readonly message: string;
  readonly remedy: string;
  /** Facts (and `interpretation:<name>`) that would decide an undetermined rule, sorted. */
  readonly missingFacts: readonly string[];
  readonly proof: Proof;
  readonly override: OverrideTerms;
  readonly source: PolicySource;
  /** `in_force`, or `upcoming` where the version takes effect after the evaluation date (a warning ahead of time, never blocks). */
  readonly status: 'in_force' | 'upcoming';
}

export interface PolicySource {
  readonly publisher: string;
  readonly document: string;
  readonly version: string;
  readonly url: string;
  readonly effectiveFrom?: string;
  readonly effectiveUntil?: string;
  /** Where a custom pack's rule stands. */
  readonly place?: Place;
}
