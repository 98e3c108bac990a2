import type { ApproverRule } from '../configuration/configuration.ts';
import type { Place, Problem, Range } from '../document/place.ts';
import type { Origin } from '../facts/fact.ts';
import type { Integration } from '../integration/integration.ts';
import type { Ground, OverrideTerms, PolicySource, Proof } from '../policy/policy.ts';

export type VerdictOutcome = 'pass' | 'fail' | 'needs_information' | 'incomplete';

/** What a finding does. `ask`: facts are missing, or a document has to be corrected; it stops like `block`, but nothing is proven. */
export type Level = 'block' | 'ask' | 'warn' | 'inform';

/**
 * `policy`: a rule's outcome. The others are the review's own. `undeclared_*`: the code shows what no declaration states;
 * `contradicted_fact`: what the declaration denies.
 */
export type FindingKind =
  | 'policy'
  | 'undeclared_integration'
  | 'undeclared_capability'
  | 'undeclared_fact'
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

/** An exact fix: `range` of `path` in the head is to be replaced by `text`; `wholeLines` is what its lines read afterwards. */
export interface Suggestion {
  readonly path: string;
  readonly range: Range;
  readonly text: string;
  readonly wholeLines: string;
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
  readonly level: Level;
  /** Set while the configuration only advises: the level it has once enforced. */
  readonly enforcedLevel?: Level;
  /** `new`: this change brings it. `existing`: the base has it; does not block. */
  readonly age: 'new' | 'existing';
  readonly useCase?: { readonly id: string; readonly title: string };
  readonly integration?: Integration;
  /** For policy findings. */
  readonly policy?: {
    readonly id: string;
    /** The rule's short name, for headings. */
    readonly title: string;
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
  /** For `undeclared_integration`: the use case that covered this code in the base, so that this change uncovered it. */
  readonly uncoveredFrom?: { readonly id: string; readonly title: string; readonly path: string };
  /** Set where the fix is exact. */
  readonly suggestion?: Suggestion;
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
  /** The base has the same content, as little seen: listed, but this change is not held up by it. */
  readonly unchanged?: boolean;
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
  /** `advise`: no finding blocks; `from`: the day (ISO) from which findings do. */
  readonly enforcement: { readonly mode: 'enforce' | 'advise'; readonly from?: string };
  /** What was looked at in the head. */
  readonly tally: { readonly useCases: number; readonly integrations: number; readonly files: number };
  /** What would change if the pull request's own configuration and packs were in force; absent where it changes none. */
  readonly simulation?: {
    readonly outcome: VerdictOutcome;
    readonly appeared: readonly Finding[];
    readonly disappeared: readonly Finding[];
    /** Who decides on overrides, and who would; absent where that stays as it is. */
    readonly approvers?: { readonly now: readonly ApproverRule[]; readonly then: readonly ApproverRule[] };
  };
}
