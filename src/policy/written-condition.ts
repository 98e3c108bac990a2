import { z } from 'zod';
import { FACT_NAMES, type FactName, VOCABULARY, valuesOf } from '../facts/vocabulary.ts';

/**
 * A condition as people write it: a map whose entries all have to hold. An entry is a fact with the value (or one of the
 * values) that it must have, or one of `all`, `any`, `not`, `definition`, `interpretation`.
 *
 * @example
 * { definition: facial_recognition, latency: real_time, any: [{operator: us_state_or_local_police}, {…}] }
 */
export interface WrittenCondition extends WrittenFacts {
  readonly all?: readonly WrittenCondition[] | undefined;
  readonly any?: readonly WrittenCondition[] | undefined;
  readonly not?: WrittenCondition | undefined;
  readonly definition?: string | undefined;
  /** The open question's name, and where it is raised. */
  readonly interpretation?: Readonly<Record<string, WrittenCondition>> | undefined;
}

type WrittenFacts = { readonly [fact in FactName]?: WrittenTest | undefined };

export type WrittenTest =
  | string
  | boolean
  | readonly string[]
  | { readonly below: number }
  | { readonly at_least: number };

/** Names of definitions, interpretations: short words joined by underscores. */
export const NAME = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'it must be lower-case words joined by underscores');

/** Checks a written condition; every fact and value must be of the vocabulary. */
export const WRITTEN_CONDITION: z.ZodType<WrittenCondition> = z.lazy(() =>
  z.strictObject({
    all: z.array(WRITTEN_CONDITION).min(1).optional(),
    any: z.array(WRITTEN_CONDITION).min(1).optional(),
    not: WRITTEN_CONDITION.optional(),
    definition: NAME.optional(),
    interpretation: z.record(NAME, WRITTEN_CONDITION).optional(),
    ...FACT_TESTS,
  }),
);

const FACT_TESTS = Object.fromEntries(FACT_NAMES.map((name) => [name, testOf(name).optional()])) as {
  [fact in FactName]: z.ZodOptional<z.ZodType<WrittenTest>>;
};

function testOf(name: FactName): z.ZodType<WrittenTest> {
  const { kind } = VOCABULARY[name];
  if (kind === 'boolean') return z.boolean();
  if (kind === 'number') {
    return z.union([z.strictObject({ below: z.number() }), z.strictObject({ at_least: z.number() })]);
  }
  return valuesTest(valuesOf(name));
}

/** One value or a list of values; unlike a union, it says which value is wrong. */
function valuesTest(values: readonly string[]): z.ZodType<WrittenTest> {
  return z.custom<WrittenTest>().superRefine((written: unknown, context) => {
    const list = Array.isArray(written) ? written : [written];
    if (list.length === 0) context.addIssue({ code: 'custom', message: 'it names no value and would never hold' });
    for (const [index, value] of list.entries()) {
      if (typeof value === 'string' && values.includes(value)) continue;
      const path = Array.isArray(written) ? [index] : [];
      context.addIssue({ code: 'invalid_value', values: [...values], input: value, path });
    }
  });
}
