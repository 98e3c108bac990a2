import type { Facts } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';
import type { FactName } from '../facts/vocabulary.ts';
import { type Condition, type FactTest, partsOf } from './condition.ts';
import { domainOf, type FactDomain } from './fact-domain.ts';
import { truthIn, worldsOf } from './worlds.ts';

/** A test of a fact, shared by all conditions that make it. */
export interface Leaf {
  readonly fact: FactName;
  readonly domain: FactDomain;
  readonly test: FactTest;
  /** Its truth where nothing is known of the fact: `unknown`, but for a test that every value passes or none. */
  readonly unstated: Truth;
}

/**
 * A condition made ready to be evaluated many times. `parts` are its parts' expressions in the condition's order, `leaf` is
 * the index of a `fact` condition's test among the table's leaves, and the rest is worked out once by `compile`.
 */
export interface Expression {
  /** Its number among the table's expressions. */
  readonly id: number;
  readonly condition: Condition;
  readonly parts: readonly Expression[];
  readonly leaf: number;
  /** Every leaf inside, exceptions included, each once. */
  readonly leaves: readonly number[];
  /** Facts tested by several leaves inside: what one leaf says limits what the others can say. With these leaves. */
  readonly sharedFacts: readonly (readonly number[])[];
  /** What occurs in more than one place inside, exceptions' conditions left out, and may have to be tried value by value. */
  readonly repeated: readonly Variable[];
  /** Names of the open questions inside. */
  readonly interpretations: readonly string[];
  /** Analyses by state of the facts, filled by `analyse`. */
  readonly memo: Map<string, Analysis>;
}

/** A fact (with its leaves in an expression) or an interpretation: what an expression's truth hangs on. */
export interface Variable {
  readonly name: string;
  readonly leaves: readonly number[];
}

export interface Analysis {
  readonly truth: Truth;
  /** The facts, and `interpretation:<name>`, that can still change the truth; sorted. */
  readonly open: readonly string[];
}

/** The tests and expressions of one pack, or of several that are read together, each once: what is the same is worked out once. */
export interface LeafTable {
  readonly leaves: Leaf[];
  readonly index: Map<string, number>;
  readonly expressions: Map<string, Expression>;
  /** What the leaves say of facts that were looked at, as long as somebody holds these. */
  readonly known: WeakMap<Facts, KnownFacts>;
}

/** The truth of leaves by their index, and the worlds of several leaves by their indices. */
export interface KnownFacts {
  readonly truths: Truth[];
  readonly worlds: Map<string, readonly number[]>;
}

export function createLeafTable(): LeafTable {
  return { leaves: [], index: new Map(), expressions: new Map(), known: new WeakMap() };
}

export const INTERPRETATION = 'interpretation:';

/** Makes a condition ready, with its leaves and expressions entered in the table; one that is there already is used again. */
export function compile(condition: Condition, table: LeafTable): Expression {
  const parts = partsOf(condition).map((part) => compile(part, table));
  const leaf = condition.op === 'fact' ? enter(condition.fact, condition.test, table) : -1;
  const key = JSON.stringify([condition.op, namesOf(condition), leaf, parts.map(({ id }) => id)]);
  const known = table.expressions.get(key);
  if (known !== undefined) return known;
  const expression = prepare(condition, parts, leaf, table);
  table.expressions.set(key, expression);
  return expression;
}

/** What makes a condition another one beside its parts. */
function namesOf(condition: Condition): readonly (string | undefined)[] {
  if (condition.op === 'exception') return [condition.name, condition.interpretation];
  return condition.op === 'definition' || condition.op === 'interpretation' ? [condition.name] : [];
}

function prepare(condition: Condition, parts: readonly Expression[], leaf: number, table: LeafTable): Expression {
  const leaves = [...new Set([...parts.flatMap((part) => part.leaves), ...(leaf < 0 ? [] : [leaf])])];
  const occurrences = countOccurrences({ condition, parts, leaf }, table, new Map());
  return {
    id: table.expressions.size,
    condition,
    parts,
    leaf,
    leaves,
    sharedFacts: groupByFact(leaves, table).filter((group) => group.length > 1),
    repeated: [...occurrences.values()].filter(({ count }) => count > 1).map(({ variable }) => variable),
    interpretations: [...new Set([...parts.flatMap((part) => part.interpretations), ...ownInterpretation(condition)])],
    memo: new Map(),
  };
}

/** How many combinations `analyse` may have to try for an expression, whatever is known of its facts. */
export function combinationsOf(expression: Expression, table: LeafTable): number {
  return expression.repeated.reduce((product, { leaves }) => {
    const [first] = leaves;
    if (first === undefined) return product * 2;
    const { domain } = leafAt(table, first);
    const tests = leaves.map((leaf) => leafAt(table, leaf).test);
    return product * worldsOf(undefined, tests, domain).length;
  }, 1);
}

/** The leaf with an index that the table gave. */
export function leafAt(table: LeafTable, leaf: number): Leaf {
  const found = table.leaves[leaf];
  if (found === undefined) throw new RangeError(`No leaf has the index ${leaf}`);
  return found;
}

function enter(fact: FactName, test: FactTest, table: LeafTable): number {
  const key = JSON.stringify([fact, test.op, test.op === 'in' ? [...test.values].sort() : test.limit]);
  const known = table.index.get(key);
  if (known !== undefined) return known;
  const domain = domainOf(fact);
  table.leaves.push({ fact, test, domain, unstated: truthIn(worldsOf(undefined, [test], domain), 0) });
  table.index.set(key, table.leaves.length - 1);
  return table.leaves.length - 1;
}

function groupByFact(leaves: readonly number[], table: LeafTable): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const leaf of leaves) {
    const { fact } = leafAt(table, leaf);
    groups.set(fact, [...(groups.get(fact) ?? []), leaf]);
  }
  return [...groups.values()];
}

function ownInterpretation(condition: Condition): readonly string[] {
  if (condition.op === 'interpretation') return [condition.name];
  return condition.op === 'exception' && condition.interpretation !== undefined ? [condition.interpretation] : [];
}

type Occurrences = Map<string, { count: number; variable: Variable }>;

function countOccurrences(
  expression: Pick<Expression, 'condition' | 'parts' | 'leaf'>,
  table: LeafTable,
  occurrences: Occurrences,
): Occurrences {
  const { condition, parts, leaf } = expression;
  if (leaf >= 0) note(occurrences, leafAt(table, leaf).fact, leaf);
  for (const name of ownInterpretation(condition)) note(occurrences, `${INTERPRETATION}${name}`);
  if (condition.op === 'exception') return occurrences;
  for (const part of parts) countOccurrences(part, table, occurrences);
  return occurrences;
}

function note(occurrences: Occurrences, name: string, leaf?: number): void {
  const before = occurrences.get(name);
  const leaves = new Set(before?.variable.leaves ?? []);
  if (leaf !== undefined) leaves.add(leaf);
  occurrences.set(name, { count: (before?.count ?? 0) + 1, variable: { name, leaves: [...leaves] } });
}
