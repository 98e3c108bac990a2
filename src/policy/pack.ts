import type { Place } from '../document/place.ts';
import type { ServiceName } from '../facts/services.ts';
import type { Condition } from './condition.ts';
import type { Expression, LeafTable } from './expression.ts';
import type { EvidenceGrade, OverrideTerms, RuleResult } from './policy.ts';

/** One publisher's usage rules in one version, read from a pack file and ready to be evaluated. */
export interface PolicyPack {
  readonly id: string;
  /** Ties the versions of one document together: of a series, the pack in force on a date is chosen. */
  readonly series: string;
  readonly publisher: string;
  readonly document: string;
  readonly version: string;
  /** The publisher's canonical address of the document. */
  readonly url: string;
  /** What kind of text it is: a term of a contract, a law, a public statement, or the rules of an organisation. */
  readonly nature: 'contract' | 'law' | 'statement' | 'organisation';
  /** One paragraph: what it is, how it was seen. */
  readonly summary: string;
  readonly dates: Period;
  readonly appliesTo: Applicability;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly interpretations: ReadonlyMap<string, Interpretation>;
  readonly rules: readonly PackRule[];
  /** Clauses of the document that no fact of the vocabulary decides, so that nobody thinks they were forgotten. */
  readonly notEvaluated: readonly { readonly clause: string; readonly why: string }[];
  /** SHA-256 of the content, hexadecimal; the same however the file is formatted and whatever its comments say. */
  readonly digest: string;
  readonly place: Place;
  readonly leaves: LeafTable;
}

/** ISO dates, both included; absent where open. */
export interface Period {
  readonly from?: string;
  readonly until?: string;
}

/** Which use cases a policy concerns. */
export interface Applicability {
  readonly services: 'any' | readonly ServiceName[];
  readonly territory?: Territory;
}

/**
 * Where a policy applies: where `within` holds. `settledBy`, where it is certainly true or false, decides alone; where neither
 * is known, the territory is one of the facts that are missing.
 */
export interface Territory {
  readonly within: Expression;
  readonly settledBy?: Expression;
}

export interface Definition {
  /** What is meant, in words. */
  readonly says: string;
  readonly condition: Condition;
}

/** An open question of reading that a configuration can settle. */
export interface Interpretation {
  readonly question: string;
  /** What follows if the disputed reading applies, and if not. */
  readonly yes: string;
  readonly no: string;
}

/** One clause as a condition over facts. */
export interface PackRule {
  readonly id: string;
  /** The clause's own number or name in the document. */
  readonly clause: string;
  readonly title: string;
  readonly kind: RuleResult['kind'];
  readonly severity: RuleResult['severity'];
  readonly grade: EvidenceGrade;
  /** How the clause's words were seen. */
  readonly seen: string;
  readonly message: string;
  readonly remedy: string;
  readonly url: string;
  readonly override: OverrideTerms;
  readonly dates: Period;
  /** Rules of earlier versions of the series that say the same; the rule's own id is always meant too. */
  readonly continues: readonly string[];
  /** The clause with its exceptions. */
  readonly condition: Condition;
  readonly expression: Expression;
  /** The same where the territory is not certain. */
  readonly expressionInTerritory: Expression;
  readonly place: Place;
}
