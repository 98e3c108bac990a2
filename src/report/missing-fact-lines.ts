import { isFactName, VOCABULARY, valuesOf } from '../facts/vocabulary.ts';

/** Values that are listed beside a question; a fact with more is asked for with `…`. */
const MAX_VALUES = 8;

/**
 * The YAML lines that state missing facts, to be put under `facts:` of a declaration: each `unknown` until somebody answers, with the
 * question and the values as a comment. Made of the vocabulary alone; names outside it are left out.
 */
export function missingFactLines(names: readonly string[]): readonly string[] {
  return names.filter(isFactName).map((name) => {
    const { kind, question, range } = VOCABULARY[name];
    const values = valuesOf(name);
    const listed = `${values.slice(0, MAX_VALUES).join(', ')}${values.length > MAX_VALUES ? ', …' : ''}`;
    const choices = { one: 'one of', many: 'a list of', boolean: 'one of', number: 'a number' }[kind];
    const answer =
      kind === 'number' ? `a number from ${range?.[0]} to ${range?.[1]}` : `${choices}: ${listed || 'codes'}`;
    return `${name}: unknown # ${question} ${answer}`;
  });
}
