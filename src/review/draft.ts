import type { Configuration } from '../configuration/configuration.ts';
import type { OverrideTerms } from '../policy/policy.ts';
import type { ChangedLines } from './changed-lines.ts';
import type { Finding, FindingKind, Level } from './verdict.ts';

/** A finding before it is known whether the base has it too, and whether it is overridden. */
export interface Draft {
  /** What makes it the same finding over commits; becomes the fingerprint. */
  readonly identity: readonly string[];
  /**
   * For findings that rest on a set of things: a finding of the base under the same key that rests on all of these, and more, is the same
   * finding, grown narrower.
   */
  readonly scope?: { readonly key: string; readonly atoms: readonly string[] };
  /** What the base is compared by where it is not the finding's level: how bad it is, whatever is in doubt about it. */
  readonly weight?: Level;
  readonly finding: Omit<Finding, 'fingerprint' | 'age' | 'factsDigest' | 'overridden' | 'enforcedLevel'>;
}

/** What the making of drafts looks at beside its subject. */
export interface DraftContext {
  readonly configuration: Configuration;
  readonly changed: ChangedLines;
  /** Text of each document, for exact fixes. */
  readonly documents: ReadonlyMap<string, string>;
}

/** How the review's own findings can be overridden. What asks for a document to be corrected can only be corrected. */
const OWN_TERMS: Readonly<Record<Exclude<FindingKind, 'policy'>, OverrideTerms>> = {
  undeclared_integration: { grounds: ['false-positive', 'accepted-risk'], approvals: 1, maxDays: 90 },
  undeclared_capability: { grounds: ['false-positive', 'accepted-risk'], approvals: 1, maxDays: 90 },
  undeclared_fact: { grounds: ['false-positive', 'accepted-risk'], approvals: 1, maxDays: 90 },
  contradicted_fact: { grounds: ['false-positive'], approvals: 1, maxDays: 90 },
  description_lint: { grounds: ['false-positive'], approvals: 1, maxDays: 365 },
  invalid_document: { grounds: [], approvals: 1, maxDays: 0 },
  configuration: { grounds: [], approvals: 1, maxDays: 0 },
};

/** The terms of override of a kind that is not a policy's. */
export function ownTerms(kind: Exclude<FindingKind, 'policy'>): OverrideTerms {
  return OWN_TERMS[kind];
}
