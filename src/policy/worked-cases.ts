import { z } from 'zod';
import type { Place, Problem } from '../document/place.ts';
import { createProblem, quote } from '../document/problem.ts';
import { limitProblems, readDocument, type Source } from '../document/read-document.ts';
import type { Facts } from '../facts/fact.ts';
import { readFacts } from '../facts/read-facts.ts';
import { evaluatePack } from './evaluate-pack.ts';
import type { PolicyPack } from './pack.ts';
import type { Outcome, RuleResult } from './policy.ts';
import { findPack } from './select-policies.ts';
import { NAME } from './written-condition.ts';

/** What a case expects of one rule: an outcome, or the facts that keep it undetermined. */
export type Expectation = Exclude<Outcome, 'undetermined'> | readonly string[];

/** One use case with what a policy must say of it. */
export interface WorkedCase {
  readonly name: string;
  readonly policy: { readonly id: string; readonly version?: string };
  /** The day of judgement; absent: the first day of the policy, or of what the case expects. */
  readonly on?: string;
  readonly facts: Facts;
  readonly interpretations: ReadonlyMap<string, boolean>;
  readonly expect: ReadonlyMap<string, Expectation>;
  readonly place: Place;
}

/** A case that came out otherwise than expected, by one rule. */
export interface CaseFailure {
  readonly case: WorkedCase;
  readonly rule: string;
  readonly expected: Expectation;
  readonly got: Expectation;
}

export interface CaseFile {
  readonly path: string;
  readonly cases: readonly WorkedCase[];
  readonly problems: readonly Problem[];
}

const OUTCOME = z.enum(['prohibited', 'duty_unmet', 'not_covered']);

const CASE = z.strictObject({
  name: z.string().min(1).max(200),
  on: z.iso.date().optional(),
  facts: z.record(z.string(), z.unknown()),
  interpretations: z.record(NAME, z.boolean()).optional(),
  expect: z.record(z.string(), z.union([OUTCOME, z.array(z.string()).min(1)])),
});

/** A file of worked cases; `policy` is a pack's id, with `@version` where several versions have it. */
export const CASES_SCHEMA = z.strictObject({ policy: z.string(), cases: z.array(CASE).min(1).max(500) });

/** Reads a file of worked cases. A file with an error has no cases. */
export function readCases(source: Source): CaseFile {
  const { path } = source;
  const document = readDocument(source, CASES_SCHEMA);
  if (document.value === undefined) return { path, cases: [], problems: document.problems };
  const [id = '', version] = document.value.policy.split('@');
  const problems: Problem[] = [];
  const cases = document.value.cases.map((written, index): WorkedCase => {
    const at = ['cases', index];
    const read = readFacts(written.facts, (where, what) => document.placeOf([...at, 'facts', ...where], what));
    problems.push(...read.problems);
    return {
      name: written.name,
      policy: { id, ...(version !== undefined && { version }) },
      ...(written.on !== undefined && { on: written.on }),
      facts: read.facts,
      interpretations: new Map(Object.entries(written.interpretations ?? {})),
      expect: new Map(Object.entries(written.expect)),
      place: document.placeOf(at),
    };
  });
  return { path, cases: problems.length > 0 ? [] : cases, problems: limitProblems(problems, document.place) };
}

/** Judges a case and compares, rule by rule. A policy or rule that does not exist is a problem, not a failure. */
export function runCase(
  worked: WorkedCase,
  packs: readonly PolicyPack[],
): { readonly failures: readonly CaseFailure[]; readonly problems: readonly Problem[] } {
  const pack = findPack(packs, worked.policy, worked.on ?? '');
  if (pack === undefined) return { failures: [], problems: [unknownName(worked, `policy ${quote(worked.policy.id)}`)] };
  const failures: CaseFailure[] = [];
  const problems: Problem[] = [];
  for (const [rule, expected] of worked.expect) {
    const got = outcomeOf(worked, pack, rule);
    if (got === undefined) problems.push(unknownName(worked, `rule ${quote(rule)} of ${pack.id}`));
    else if (String(got) !== String(toSorted(expected))) failures.push({ case: worked, rule, expected, got });
  }
  return { failures, problems };
}

function outcomeOf(worked: WorkedCase, pack: PolicyPack, rule: string): Expectation | undefined {
  const found = pack.rules.find(({ id }) => id === rule);
  const on = worked.on ?? found?.dates.from ?? pack.dates.from ?? pack.dates.until ?? '2000-01-01';
  const results = evaluatePack(pack, worked.facts, { on, interpretations: worked.interpretations });
  const result = results.find((each) => each.rule === rule);
  return result === undefined ? undefined : expectationOf(result);
}

function expectationOf({ outcome, missingFacts }: RuleResult): Expectation {
  return outcome === 'undetermined' ? missingFacts : outcome;
}

function toSorted(expected: Expectation): Expectation {
  return typeof expected === 'string' ? expected : expected.toSorted();
}

function unknownName(worked: WorkedCase, what: string): Problem {
  return createProblem(
    'SL-CASE-UNKNOWN-POLICY',
    worked.place,
    `The case ${quote(worked.name)} names the ${what}, which is not loaded`,
  );
}
