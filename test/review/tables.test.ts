import { describe, expect, it } from 'vitest';
import { FINDING_KIND_SEVERITIES } from '../../src/configuration/severities.ts';
import { isFactName, valuesOf } from '../../src/facts/vocabulary.ts';
import { loadCatalog } from '../../src/integration/catalog.ts';
import { LEXICON } from '../../src/review/lexicon.ts';
import { CAPABILITY_WEIGHTS, declares } from '../../src/review/weights.ts';

describe('the tables of the review', () => {
  it('weigh every capability of the vocabulary, and no other', () => {
    expect(Object.keys(CAPABILITY_WEIGHTS).sort()).toEqual([...valuesOf('capability')].sort());
  });

  it('weigh every capability that the catalog can show', () => {
    const shown = loadCatalog().providers.flatMap(({ potential, entries }) => [
      ...potential,
      ...entries.map(({ capability }) => capability),
    ]);
    const unknown = new Set(
      shown.filter((capability) => capability !== 'unspecified' && !Object.hasOwn(CAPABILITY_WEIGHTS, capability)),
    );
    expect([...unknown]).toEqual([]);
  });

  it.each(LEXICON.map((entry) => [entry.id, entry] as const))(
    'expect facts of the vocabulary where %s is spoken of',
    (_, { expects, phrases }) => {
      for (const [name, values] of Object.entries(expects)) {
        expect(isFactName(name)).toBe(true);
        if (isFactName(name)) expect(values.filter((value) => !valuesOf(name).includes(value))).toEqual([]);
      }
      expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase() || phrase !== phrase.trim())).toEqual([]);
    },
  );

  it('let the configuration name every kind of finding', () => {
    expect(Object.keys(FINDING_KIND_SEVERITIES).sort()).toEqual([
      'configuration',
      'contradicted_fact',
      'description_lint',
      'invalid_document',
      'undeclared_capability',
      'undeclared_fact',
      'undeclared_integration',
    ]);
  });

  it.each([
    [['face_identification'], 'face_detection', true],
    [['face_identification'], 'face_verification', false],
    [['document_understanding'], 'ocr', true],
    [['ocr'], 'document_understanding', false],
    [['constructor'], 'ocr', false],
    [[], 'ocr', false],
  ])('say whether %j declares %s: %s', (declared, capability, expected) => {
    expect(declares(declared, capability)).toBe(expected);
  });
});
