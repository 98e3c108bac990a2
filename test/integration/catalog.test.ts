import { describe, expect, it } from 'vitest';
import { SERVICE_NAMES } from '../../src/facts/services.ts';
import { FACT_NAMES, isFactName, valuesOf } from '../../src/facts/vocabulary.ts';
import { loadCatalog } from '../../src/integration/catalog.ts';
import type { CatalogEntry } from '../../src/integration/catalog-format.ts';

const catalog = loadCatalog();
const CAPABILITIES = valuesOf('capability');

/** The capabilities and facts that an entry may give, of its own and of its arguments. */
function claimsOf(entry: CatalogEntry) {
  const cases = [...entry.arguments, ...entry.keys].flatMap((argument) => argument.cases);
  const capabilities = [entry.capability, ...cases.flatMap((one) => one.capability ?? [])];
  const facts = [entry.facts, ...cases.map((one) => one.facts)].flatMap((one) => Object.entries(one ?? {}));
  return { capabilities, facts };
}

describe('the catalog', () => {
  it('keeps to its format, one file a provider, named after it', () => {
    expect(catalog.providers.length).toBeGreaterThan(100);
    expect(new Set(catalog.providers.map((file) => file.provider)).size).toBe(catalog.providers.length);
  });

  it.each(catalog.providers.map((file) => [file.provider, file] as const))('%s speaks the vocabulary', (_, file) => {
    expect(SERVICE_NAMES).toContain(file.service);
    expect(CAPABILITIES).toEqual(expect.arrayContaining([...file.potential]));
    for (const entry of file.entries) {
      const { capabilities, facts } = claimsOf(entry);
      for (const capability of capabilities) expect([...CAPABILITIES, 'unspecified', 'none']).toContain(capability);
      for (const [name, values] of facts) {
        expect(FACT_NAMES).toContain(name);
        if (typeof values !== 'number' && isFactName(name))
          expect(valuesOf(name)).toEqual(expect.arrayContaining([...values]));
      }
    }
  });
});
