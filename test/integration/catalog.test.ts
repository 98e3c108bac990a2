import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/integration/catalog.ts';

describe('the catalog', () => {
  const catalog = loadCatalog();

  it('keeps to its format, one file a provider, named after it', () => {
    expect(catalog.providers.length).toBeGreaterThan(0);
    expect(new Set(catalog.providers.map((file) => file.provider)).size).toBe(catalog.providers.length);
  });
});
