import { type FactName, isFactName, VOCABULARY, valuesOf } from '../facts/vocabulary.ts';

/** Values that are listed beside a question. Where there are many more (countries), a few show what they look like. */
const MAX_VALUES = 20;
const SHOWN_OF_MANY = 3;

/**
 * The YAML lines that state missing facts, to be put under `facts:` of a declaration: each `unknown` until somebody answers, below a comment with the
 * question and its values. Made of the vocabulary alone; names outside it are left out.
 *
 * @param stated those of them that the declaration has already and leaves open: a comment alone, as a second line would spoil the YAML
 */
export function missingFactLines(names: readonly string[], stated: ReadonlySet<string>): readonly string[] {
  return names.filter(isFactName).flatMap((name) => {
    const question = `${VOCABULARY[name].question} ${answersTo(name)}`;
    return stated.has(name)
      ? [`# ${name} is stated, and leaves open what else; close it with the whole list. ${question}`]
      : [`# ${question}`, `${name}: unknown`];
  });
}

function answersTo(name: FactName): string {
  const { kind, range } = VOCABULARY[name];
  if (kind === 'number') return `A number from ${range?.[0]} to ${range?.[1]}.`;
  const values = valuesOf(name);
  const listed = values.length > MAX_VALUES ? `${values.slice(0, SHOWN_OF_MANY).join(', ')}, …` : values.join(', ');
  return kind === 'many' ? `A list of: ${listed}; [] if none` : `One of: ${listed}`;
}
