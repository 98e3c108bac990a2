import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarationJsonSchema } from '../../src/declaration/declaration-json-schema.ts';
import { readFact } from '../../src/facts/read-fact.ts';
import { FACT_NAMES, valuesOf } from '../../src/facts/vocabulary.ts';

const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  declarationJsonSchema(),
);

describe('the JSON Schema of a declaration', () => {
  it('is the published one (npm run schemas writes it)', async () => {
    await expect(`${JSON.stringify(declarationJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      '../../schemas/declaration.schema.json',
    );
  });

  it('takes a whole declaration', () => {
    const declaration = {
      id: 'badge-gate',
      title: 'Badge gate',
      owners: ['@acme/doors'],
      services: ['azure_ai_face'],
      covers: ['src/gate/**'],
      facts: {
        operator: 'private_entity',
        capability: { includes: ['face_verification'], may_include: 'any' },
        eu_nexus: false,
      },
      description: 'Opens doors',
    };
    expect(validate(declaration), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['no id', { title: 'x' }],
    ['a strange id', { id: 'a b' }],
    ['an unknown key', { id: 'x', factz: {} }],
    ['an unknown service', { id: 'x', services: ['azure'] }],
    ['an unknown fact', { id: 'x', facts: { weather: 'fine' } }],
  ])('refuses %s', (_, declaration) => {
    expect(validate(declaration)).toBe(false);
  });

  it('agrees with the reader about every form of every fact, contradictions apart', () => {
    const name = fc.constantFrom(...FACT_NAMES);
    const value = name.chain((fact) => fc.tuple(fc.constant(fact), formsOf(fact)));
    fc.assert(
      fc.property(value, ([fact, written]) => {
        const reading = readFact(fact, written);
        if (reading.kind === 'wrong' && reading.faults.some(({ code }) => code === 'SL-FACT-CONTRADICTION')) return;
        expect(validate({ id: 'x', facts: { [fact]: written } })).toBe(reading.kind !== 'wrong');
      }),
      { numRuns: 600 },
    );
  });
});

function formsOf(fact: (typeof FACT_NAMES)[number]): fc.Arbitrary<unknown> {
  const known = valuesOf(fact).slice(0, 3);
  const value = fc.constantFrom<unknown>(...known, 'unknown', 'nonsense', true, 0.5, null);
  const list = fc.array(value, { maxLength: 4 });
  const part = fc.oneof(list, fc.constant('any'), value);
  return fc.oneof(
    value,
    list,
    fc.record({ one_of: part }),
    fc.record(
      { includes: part, may_include: part, excludes: list, at_least_one: fc.constantFrom<unknown>(true, false, 'yes') },
      { requiredKeys: [] },
    ),
    fc.record({ includes: list, stranger: list }),
  );
}
