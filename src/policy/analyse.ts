import type { Truth } from '../facts/truth.ts';
import { type Condition, walk } from './condition.ts';
import {
  type Analysis,
  compile,
  type Expression,
  INTERPRETATION,
  type LeafTable,
  type Variable,
} from './expression.ts';
import { kleene } from './kleene.ts';
import { canonical, fill, type Residual, residualOf, variablesOf } from './residual.ts';
import type { View } from './view.ts';
import { truthIn } from './worlds.ts';

/** Analyses kept for one expression; states of facts repeat, but nobody promises it. */
const MAX_MEMO = 4096;

const SETTLED = { true: { truth: 'true', open: [] }, false: { truth: 'false', open: [] } } as const;

/**
 * The truth of an expression, exactly: `true` or `false` if it is so in every world that the facts admit, whatever the facts
 * that are not stated and the interpretations that nobody settled; and what keeps it open. `open` holds
 *
 * - each fact for which two values exist, both possible, such that the truth differs between them for some choice of all
 *   other facts and interpretations; and no other fact. So each can still change the result (minimal), and whoever states
 *   them all has decided the expression but for interpretations (sufficient);
 * - `interpretation:<name>` for each interpretation that can change the truth in the same sense and that is certain to be
 *   asked. One that only some value of an open fact would raise is not asked for before that value is stated.
 *
 * An exception that is not certain counts as not claimed: what could support it is not asked for.
 */
export function analyse(expression: Expression, view: View, table: LeafTable): Analysis {
  const quick = kleene(expression, view);
  if (quick !== 'unknown') return SETTLED[quick];
  const key = keyOf(expression, view);
  const known = expression.memo.get(key);
  if (known !== undefined) return known;
  const analysis = work(expression, view, table);
  if (expression.memo.size >= MAX_MEMO) expression.memo.clear();
  expression.memo.set(key, analysis);
  return analysis;
}

/** Everything that `work` reads, as a text. */
function keyOf(expression: Expression, view: View): string {
  let key = '';
  for (const leaf of expression.leaves) key += view.truthOf(leaf)[0];
  for (const leaves of expression.sharedFacts) {
    // One open test says all that is open of its fact.
    const open = leaves.filter((leaf) => view.truthOf(leaf) === 'unknown').length;
    if (open > 1) key += view.isStated(leaves) ? `;${view.worldsOf(leaves).join()}` : ';?';
  }
  for (const name of expression.interpretations) key += `;${view.settled(name)}`;
  return key;
}

function work(expression: Expression, view: View, table: LeafTable): Analysis {
  const certain = new Map<Expression, boolean>();
  const isCertain = (claim: Expression) => {
    const answer = certain.get(claim) ?? analyse(claim, view, table).truth === 'true';
    certain.set(claim, answer);
    return answer;
  };
  const known = { leaf: view.truthOf, interpretation: view.settled, isCertain };
  const rest = residualOf(expression, known, table);
  const tried = repeatedIn(rest, expression).map((variable) => ({ variable, worlds: choicesOf(variable, view) }));
  const residuals = combinations(tried.map(({ worlds }) => worlds.length)).map((choice) => {
    return fill(rest, chosen(tried, choice));
  });
  const truth = truthOver(residuals);
  if (truth !== 'unknown') return SETTLED[truth];
  const names = new Set(residuals.flatMap(variablesOf));
  for (const name of decisive(tried, residuals)) names.add(name);
  const raised = raisedQuestions(expression, table, isCertain);
  const open = [...names].filter((name) => !name.startsWith(INTERPRETATION) || raised.has(name));
  return { truth, open: open.sort() };
}

/** What still occurs in more than one place when everything known is filled in, and has to be tried value by value. */
function repeatedIn(residual: Residual, { repeated }: Expression): readonly Variable[] {
  if (repeated.length === 0) return [];
  const names = variablesOf(residual);
  return repeated.filter(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
}

interface Tried {
  readonly variable: Variable;
  /** Masks over the fact's leaves; of an interpretation, 1 where the reading applies. */
  readonly worlds: readonly number[];
}

function choicesOf({ leaves }: Variable, view: View): readonly number[] {
  return leaves.length > 0 ? view.worldsOf(leaves) : [0, 1];
}

/** All choices of one index each below the sizes, the first index running slowest. */
function combinations(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (choices, size) => choices.flatMap((choice) => Array.from({ length: size }, (_, index) => [...choice, index])),
    [[]],
  );
}

/** Reads the values of the tried variables in one choice of their worlds. */
function chosen(tried: readonly Tried[], choice: readonly number[]): Parameters<typeof fill>[1] {
  const leaves = new Map<number, boolean>();
  const readings = new Map<string, boolean>();
  tried.forEach(({ variable, worlds }, index) => {
    const world = worlds[choice[index] ?? 0] ?? 0;
    for (const [bit, leaf] of variable.leaves.entries()) leaves.set(leaf, truthIn([world], bit) === 'true');
    if (variable.leaves.length === 0) readings.set(variable.name, world === 1);
  });
  return ({ name, leaf }) => (leaf < 0 ? readings.get(name) : leaves.get(leaf));
}

function truthOver(residuals: readonly Residual[]): Truth {
  if (residuals.every((residual) => residual === true)) return 'true';
  return residuals.every((residual) => residual === false) ? 'false' : 'unknown';
}

/** The tried variables of which two worlds leave different formulas, all other choices being equal. */
function decisive(tried: readonly Tried[], residuals: readonly Residual[]): readonly string[] {
  const texts = residuals.map(canonical);
  const sizes = tried.map(({ worlds }) => worlds.length);
  return tried.flatMap(({ variable }, index) => {
    const stride = sizes.slice(index + 1).reduce((product, size) => product * size, 1);
    const size = sizes[index] ?? 1;
    const differs = texts.some((text, at) => {
      const rank = Math.floor(at / stride) % size;
      return text !== texts[at - rank * stride];
    });
    return differs ? [variable.name] : [];
  });
}

/** The interpretations that are certain to be asked, in one place of the expression or another, by their names in `open`. */
function raisedQuestions(
  expression: Expression,
  table: LeafTable,
  isCertain: (expression: Expression) => boolean,
): ReadonlySet<string> {
  const raised = [...questionsOf(expression, table)].filter(([, where]) => isCertain(where));
  return new Set(raised.map(([name]) => INTERPRETATION + name));
}

const questions = new WeakMap<Expression, ReadonlyMap<string, Expression>>();

/** For each interpretation of an expression: where it is raised, all places together. */
function questionsOf(expression: Expression, table: LeafTable): ReadonlyMap<string, Expression> {
  const known = questions.get(expression);
  if (known !== undefined) return known;
  const places = new Map<string, Condition[]>();
  const add = (name: string, where: Condition) => places.set(name, [...(places.get(name) ?? []), where]);
  walk(expression.condition, (part) => {
    if (part.op === 'interpretation') add(part.name, part.when);
    // Raised where the exception is claimed; a claim that is only possible raises nothing.
    if (part.op === 'exception' && part.interpretation !== undefined) {
      add(part.interpretation, { op: 'exception', name: part.name, when: part.when });
    }
  });
  const made = new Map([...places].map(([name, of]) => [name, compile({ op: 'any', of }, table)]));
  questions.set(expression, made);
  return made;
}
