import type { FactState, Facts } from '../../src/facts/fact.ts';
import { type FactName, VOCABULARY, valuesOf } from '../../src/facts/vocabulary.ts';
import { type Condition, type FactTest, interpretationsOf, walk } from '../../src/policy/condition.ts';

/** What is the case: a value, a set of values or a number for each fact, and a reading for each interpretation. */
interface World {
  readonly facts: ReadonlyMap<FactName, string | ReadonlySet<string> | number>;
  readonly readings: ReadonlyMap<string, boolean>;
}

/**
 * The truth of a condition and what keeps it open, by trying every world: the definition of `analyse` in its own words, far too
 * slow for use.
 */
export function byTryingEverything(condition: Condition, facts: Facts, settled: ReadonlyMap<string, boolean>) {
  const names = factsOf(condition);
  const questions = interpretationsOf(condition);
  const worlds = worldsOf(names, questions, facts, settled);
  const claims = new Map<Condition, boolean>();
  walk(condition, (part) => {
    if (part.op === 'exception')
      claims.set(
        part,
        worlds.every((world) => holds(part.when, world, claims)),
      );
  });
  const answers = worlds.map((world) => holds(condition, world, claims));
  const truth = answers.every(Boolean) ? 'true' : answers.some(Boolean) ? 'unknown' : 'false';
  if (truth !== 'unknown') return { truth, open: [] };
  const openFacts = names.filter((name) => matters(`fact ${name}`, worlds, answers, names, questions));
  const openQuestions = questions.filter(
    (name) =>
      matters(`question ${name}`, worlds, answers, names, questions) &&
      worlds.every((world) => isAsked(condition, name, world, claims)),
  );
  return { truth, open: [...openFacts, ...openQuestions.map((name) => `interpretation:${name}`)].sort() };
}

/** The facts that a condition asks for, each once. */
function factsOf(condition: Condition): readonly FactName[] {
  const facts = new Set<FactName>();
  walk(condition, (part) => {
    if (part.op === 'fact') facts.add(part.fact);
  });
  return [...facts];
}

function holds(condition: Condition, world: World, claims: ReadonlyMap<Condition, boolean>): boolean {
  switch (condition.op) {
    case 'fact':
      return passes(condition.test, world.facts.get(condition.fact));
    case 'all':
      return condition.of.every((part) => holds(part, world, claims));
    case 'any':
      return condition.of.some((part) => holds(part, world, claims));
    case 'not':
      return !holds(condition.of, world, claims);
    case 'definition':
      return holds(condition.of, world, claims);
    case 'interpretation':
      return holds(condition.when, world, claims) && world.readings.get(condition.name) === true;
    case 'exception':
      if (claims.get(condition) !== true) return false;
      return condition.interpretation === undefined || world.readings.get(condition.interpretation) === true;
  }
}

function passes(test: FactTest, value: string | ReadonlySet<string> | number | undefined): boolean {
  if (test.op === 'below') return typeof value === 'number' && value < test.limit;
  if (test.op === 'at_least') return typeof value === 'number' && value >= test.limit;
  if (typeof value === 'string') return test.values.includes(value);
  return value instanceof Set && test.values.some((each) => value.has(each));
}

function isAsked(condition: Condition, name: string, world: World, claims: ReadonlyMap<Condition, boolean>): boolean {
  let asked = false;
  walk(condition, (part) => {
    if (part.op === 'interpretation' && part.name === name && holds(part.when, world, claims)) asked = true;
    if (part.op === 'exception' && part.interpretation === name && claims.get(part) === true) asked = true;
  });
  return asked;
}

/** Whether two worlds that differ in one variable alone have different answers. */
function matters(
  variable: string,
  worlds: readonly World[],
  answers: readonly boolean[],
  names: readonly FactName[],
  questions: readonly string[],
): boolean {
  const seen = new Map<string, boolean>();
  return worlds.some((world, index) => {
    const rest = [
      ...names.map((name) => (variable === `fact ${name}` ? '' : textOf(world.facts.get(name)))),
      ...questions.map((name) => (variable === `question ${name}` ? '' : String(world.readings.get(name)))),
    ].join('|');
    const answer = answers[index] ?? false;
    const before = seen.get(rest);
    seen.set(rest, answer);
    return before !== undefined && before !== answer;
  });
}

function textOf(value: string | ReadonlySet<string> | number | undefined): string {
  return value instanceof Set ? [...value].sort().join() : String(value);
}

function worldsOf(
  names: readonly FactName[],
  questions: readonly string[],
  facts: Facts,
  settled: ReadonlyMap<string, boolean>,
): readonly World[] {
  let worlds: readonly World[] = [{ facts: new Map(), readings: new Map() }];
  for (const name of names) {
    const values = valuesOfFact(name, facts.get(name)?.state);
    worlds = worlds.flatMap((world) =>
      values.map((value) => ({ ...world, facts: new Map([...world.facts, [name, value]]) })),
    );
  }
  for (const question of questions) {
    const fixed = settled.get(question);
    const readings = fixed === undefined ? [true, false] : [fixed];
    worlds = worlds.flatMap((world) =>
      readings.map((reading) => ({ ...world, readings: new Map([...world.readings, [question, reading]]) })),
    );
  }
  return worlds;
}

/** A value that leaves the fact open is the case together with one of those that do not. */
function casesOf(name: FactName, value: string): readonly (string | ReadonlySet<string>)[] {
  const { leavesOpen = [] } = VOCABULARY[name];
  if (!leavesOpen.includes(value)) return [value];
  return valuesOf(name).flatMap((other) => (leavesOpen.includes(other) ? [] : [new Set([value, other])]));
}

function valuesOfFact(
  name: FactName,
  state: FactState | undefined,
): readonly (string | ReadonlySet<string> | number)[] {
  const { kind } = VOCABULARY[name];
  if (kind === 'number') return state?.kind === 'number' ? [state.value] : [0, 0.25, 0.5, 0.75, 1];
  if (kind !== 'many') {
    const possible = state?.kind === 'one' ? state.possible : valuesOf(name);
    return possible.flatMap((value) => casesOf(name, value));
  }
  const many = state?.kind === 'many' ? state : undefined;
  const includes = many?.includes ?? [];
  const open = many === undefined || many.possible === 'any' ? valuesOf(name) : many.possible;
  const possible = open.filter((value) => !includes.includes(value) && !many?.excludes.includes(value));
  const sets: ReadonlySet<string>[] = [new Set(includes)];
  for (const value of possible) sets.push(...sets.map((set) => new Set([...set, value])));
  return many?.atLeastOne && sets.length > 1 ? sets.slice(1) : sets;
}
