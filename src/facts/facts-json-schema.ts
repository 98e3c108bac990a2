import { UNKNOWN } from './fact-fault.ts';
import { FACT_NAMES, type FactName, VOCABULARY } from './vocabulary.ts';

type Json = { readonly [key: string]: unknown };

/** Above this many values (country codes) a schema lists them without their definitions. */
const MANY_VALUES = 60;

/**
 * The JSON Schema (draft 7) of a declaration's `facts`, for editors, with each value's definition; `definitions` are what
 * it refers to and belong at the root of the document.
 */
export function factsJsonSchema(): { readonly schema: Json; readonly definitions: Json } {
  const properties = Object.fromEntries(FACT_NAMES.map((name) => [name, factSchema(name)]));
  const listed = FACT_NAMES.filter((name) => VOCABULARY[name].kind === 'one' || VOCABULARY[name].kind === 'many');
  return {
    schema: { type: 'object', properties, additionalProperties: false },
    definitions: Object.fromEntries(listed.map((name) => [`${name}_value`, valueSchema(name)])),
  };
}

function factSchema(name: FactName): Json {
  const { kind, question, sources, range } = VOCABULARY[name];
  const description = `${question} (${sources.join('; ')})`;
  if (kind === 'number')
    return { description, anyOf: [{ type: 'number', minimum: range?.[0], maximum: range?.[1] }, UNDECIDED] };
  if (kind === 'boolean') return { description, anyOf: [{ type: 'boolean' }, UNDECIDED] };
  const value = { $ref: `#/definitions/${name}_value` };
  return {
    description,
    anyOf: [value, ...(kind === 'one' ? [oneOf(value, name)] : manyForms(value, name)), UNDECIDED],
  };
}

const UNDECIDED = {
  anyOf: [{ const: UNKNOWN, description: 'Not known; the same as leaving the fact out' }, { type: 'null' }],
} as const satisfies Json;

function valueSchema(name: FactName): Json {
  const { values } = VOCABULARY[name];
  const entries = Object.entries(values);
  if (entries.length > MANY_VALUES) return { enum: Object.keys(values) };
  return { anyOf: entries.map(([value, description]) => ({ const: value, description })) };
}

function oneOf(value: Json, name: FactName): Json {
  const most = Object.keys(VOCABULARY[name].values).length;
  return {
    type: 'object',
    description: 'It is one of these, not known which',
    properties: { one_of: list(value, { ...VALUES_OF_A_CHOICE, maxItems: most }) },
    required: ['one_of'],
    additionalProperties: false,
  };
}

const VALUES_OF_A_CHOICE = { minItems: 1, description: 'The values that it may be' } as const;

function manyForms(value: Json, name: FactName): readonly Json[] {
  const most = { maxItems: Object.keys(VOCABULARY[name].values).length };
  const open = list(value, { ...most, description: 'These may apply as well' });
  return [
    list(value, { ...most, description: 'The complete list: nothing else applies' }),
    {
      type: 'object',
      description: 'A set with open parts',
      properties: {
        includes: list(value, { ...most, description: 'These apply for certain' }),
        may_include: { anyOf: [{ const: 'any', description: 'Anything may apply as well' }, open] },
        excludes: list(value, { ...most, description: 'These do not apply' }),
        at_least_one: { type: 'boolean', description: 'At least one of those that may apply does' },
      },
      anyOf: [{ required: ['includes'] }, { required: ['may_include'] }],
      additionalProperties: false,
    },
  ];
}

function list(items: Json, rest: Json): Json {
  return { type: 'array', items, ...rest };
}
