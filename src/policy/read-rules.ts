import { createProblem, quote } from '../document/problem.ts';
import { type Condition, interpretationsOf, sizeOf } from './condition.ts';
import { combinationsOf, compile, type Expression, type LeafTable } from './expression.ts';
import { DEFAULT_TERMS, defaultSeverity } from './override-terms.ts';
import type { Applicability, PackRule } from './pack.ts';
import type { WrittenPack, WrittenRule } from './pack-schema.ts';
import { type PackScope, readPeriod } from './pack-scope.ts';
import type { OverrideTerms } from './policy.ts';
import { type ConditionScope, readCondition } from './read-condition.ts';
import type { WrittenCondition } from './written-condition.ts';

/** Conditions in one rule, definitions filled in; the longest clause of a shipped pack has 40. */
const MAX_CONDITIONS = 300;

/** Tests of one fact in one rule: what they can say together doubles with each. */
const MAX_TESTS = 10;

/** Combinations to try where a rule asks for the same fact in several places. */
const MAX_COMBINATIONS = 4096;

/** Reads the rules of a pack; what is wrong with them is added to the scope's problems. */
export function readRules(
  written: WrittenPack,
  appliesTo: Applicability,
  leaves: LeafTable,
  scope: PackScope,
): readonly PackRule[] {
  const seen = new Set<string>();
  return written.rules.map((rule, index) => {
    const path = ['rules', index];
    if (seen.has(rule.id)) {
      const place = scope.placeOf([...path, 'id']);
      scope.problems.push(createProblem('SL-PACK-DUPLICATE-RULE', place, `The rule ${quote(rule.id)} stands twice`));
    }
    seen.add(rule.id);
    return readRule(rule, path, { url: written.url, appliesTo, leaves, scope });
  });
}

interface Surroundings {
  readonly url: string;
  readonly appliesTo: Applicability;
  readonly leaves: LeafTable;
  readonly scope: PackScope;
}

function readRule(written: WrittenRule, path: readonly PropertyKey[], around: Surroundings): PackRule {
  const { id, clause, title, kind, grade, seen, message, remedy } = written;
  const { scope, leaves } = around;
  const condition = withExceptions(written, path, scope);
  const territory = around.appliesTo.territory?.within.condition;
  const inTerritory: Condition = territory === undefined ? condition : { op: 'all', of: [territory, condition] };
  const isSmall = checkSize(inTerritory, path, scope);
  const expression = compile(isSmall ? condition : { op: 'any', of: [] }, leaves);
  const expressionInTerritory = territory === undefined || !isSmall ? expression : compile(inTerritory, leaves);
  checkCombinations(expressionInTerritory, leaves, path, scope);
  return {
    ...{ id, clause, title, kind, grade, seen, message, remedy, condition, expression, expressionInTerritory },
    severity: written.severity ?? defaultSeverity(kind, grade),
    url: written.url ?? around.url,
    override: readTerms(written),
    dates: readPeriod(written, path, scope),
    continues: written.continues ?? [],
    place: scope.placeOf(path),
  };
}

/** The clause holds and none of its exceptions is claimed. */
function withExceptions(written: WrittenRule, path: readonly PropertyKey[], scope: PackScope): Condition {
  const condition = readCondition(written.when, [...path, 'when'], scope);
  const exceptions = (written.except ?? []).map(({ name, when, interpretation }, index): Condition => {
    const at = [...path, 'except', index];
    const claim = readClaim(when, [...at, 'when'], scope);
    if (interpretation !== undefined) checkName(interpretation, [...at, 'interpretation'], scope);
    const exception: Condition = {
      op: 'exception',
      name,
      when: claim,
      ...(interpretation !== undefined && { interpretation }),
    };
    return { op: 'not', of: exception };
  });
  return exceptions.length === 0 ? condition : { op: 'all', of: [condition, ...exceptions] };
}

/** The condition of an exception or a territory: facts alone, an open question claims nothing. */
export function readClaim(written: WrittenCondition, path: readonly PropertyKey[], scope: PackScope): Condition {
  const claim = readCondition(written, path, scope);
  const [name] = interpretationsOf(claim);
  if (name === undefined) return claim;
  const message = `Facts alone can be used here, not the open question ${quote(name)}`;
  const remedy = 'Test facts; an exception can name the question in its `interpretation`.';
  scope.problems.push(createProblem('SL-PACK-CONDITION', scope.placeOf(path), message, { remedy }));
  return claim;
}

function checkName(name: string, path: readonly PropertyKey[], scope: ConditionScope): void {
  if (!scope.interpretations.has(name)) scope.complain(path, 'unknown_interpretation', name);
}

function checkSize(condition: Condition, path: readonly PropertyKey[], scope: PackScope): boolean {
  if (sizeOf(condition) <= MAX_CONDITIONS) return true;
  const message = `The rule has more than ${MAX_CONDITIONS} conditions, its definitions filled in`;
  scope.problems.push(createProblem('SL-PACK-TOO-COMPLEX', scope.placeOf(path), message));
  return false;
}

function checkCombinations(
  expression: Expression,
  leaves: LeafTable,
  path: readonly PropertyKey[],
  scope: PackScope,
): void {
  const message = tooManyTests(expression) ?? tooManyCombinations(expression, leaves);
  if (message === undefined) return;
  scope.problems.push(createProblem('SL-PACK-TOO-COMPLEX', scope.placeOf(path), message));
}

function tooManyTests({ sharedFacts }: Expression): string | undefined {
  const most = Math.max(0, ...sharedFacts.map((group) => group.length));
  return most > MAX_TESTS
    ? `The rule tests one fact in ${most} different ways; at most ${MAX_TESTS} are read`
    : undefined;
}

function tooManyCombinations(expression: Expression, leaves: LeafTable): string | undefined {
  const count = combinationsOf(expression, leaves);
  if (count <= MAX_COMBINATIONS) return undefined;
  return `The rule asks for the same facts in so many places that ${count} combinations have to be tried; at most ${MAX_COMBINATIONS} are`;
}

function readTerms({ kind, override }: WrittenRule): OverrideTerms {
  if (override === undefined) return DEFAULT_TERMS[kind];
  return { grounds: override.grounds, approvals: override.approvals, maxDays: override.max_days };
}
