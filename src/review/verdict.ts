import type { Place, Problem } from '../document/place.ts';
import type { Origin } from '../facts/fact.ts';
import type { Integration } from '../integration/integration.ts';
import type { Ground, OverrideTerms, PolicySource, Proof } from '../policy/policy.ts';

export type VerdictOutcome = 'pass' | 'fail' | 'needs_information' | 'incomplete';

/** `policy`: a rule's outcome. The others are the review's own. */
export type FindingKind =
  | 'policy'
  | 'undeclared_integration'
  | 'undeclared_capability'
  | 'contradicted_fact'
  | 'invalid_document'
  | 'description_lint'
  | 'configuration';

/** A fact that decided a finding, as text values, with where it was stated or seen. */
export interface DecisiveFact {
  readonly name: string;
  readonly value: string;
  readonly origins: readonly Origin[];
}

/** An override as a finding shows it. */
export interface AppliedOverride {
  readonly handle: string;
  readonly ground: Ground;
  readonly approvedBy: readonly string[];
  /** ISO date (UTC) on which it ends. */
  readonly until: string;
}

/** An outcome that somebody must act on. Pure data: sentences are made in `report/`. */
export interface Finding {
  /** Stable over moved lines and renamed files: rule, use case, provider, capability, hash of the normalised context. */
  readonly fingerprint: string;
  /** Short and stable on its pull request: `F1`, `F2`, …; given by the shell, absent outside pull requests. */
  readonly handle?: string;
  readonly kind: FindingKind;
  /** `<policy>/<rule>` for policy findings, else the kind. */
  readonly rule: string;
  readonly level: 'block' | 'ask' | 'warn' | 'inform';
  /** `new`: this change brings it. `existing`: the base has it; does not block. */
  readonly age: 'new' | 'existing';
  readonly useCase?: { readonly id: string; readonly title: string };
  readonly integration?: Integration;
  /** For policy findings. */
  readonly policy?: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly rule: string;
    readonly clause: string;
    readonly outcome: 'prohibited' | 'undetermined' | 'duty_unmet';
    readonly status: 'in_force' | 'upcoming';
    readonly grade: string;
    readonly source: PolicySource;
    readonly proof: Proof;
  };
  /** For `invalid_document` and `configuration`. */
  readonly problem?: Problem;
  readonly message: string;
  readonly remedy: string;
  readonly decisiveFacts: readonly DecisiveFact[];
  readonly missingFacts: readonly string[];
  /** Where it is shown; `related` are further places (the declaration beside the code, other calls). */
  readonly place?: Place;
  readonly related: readonly Place[];
  readonly override: OverrideTerms;
  readonly overridden?: AppliedOverride;
  /** Digest of the facts it rests on; an override binds to it. */
  readonly factsDigest: string;
}

/** Something the review could not see, so that it cannot pass. */
export interface NotSeen {
  readonly what: 'tree' | 'file_list' | 'file' | 'api' | 'configuration';
  readonly path?: string;
  /** Plain words: why. */
  readonly reason: string;
}

/** What a pull request gets. Data with reasons; replayable from the digests it carries. */
export interface Verdict {
  readonly outcome: VerdictOutcome;
  readonly complete: boolean;
  readonly notSeen: readonly NotSeen[];
  readonly findings: readonly Finding[];
  readonly headSha: string;
  readonly baseSha: string;
  readonly evaluatedOn: string;
  readonly policies: readonly { readonly id: string; readonly version: string; readonly digest: string }[];
  readonly configurationDigest: string;
  /** What would change if the pull request's own configuration and packs were in force; absent where it changes none. */
  readonly simulation?: {
    readonly outcome: VerdictOutcome;
    readonly appeared: readonly Finding[];
    readonly disappeared: readonly Finding[];
  };
}
