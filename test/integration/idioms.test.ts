import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/integration/catalog.ts';
import type { CatalogEntry, CatalogFile } from '../../src/integration/catalog-format.ts';
import { compileCatalog, entryName, type NamedEntry } from '../../src/integration/compiled-catalog.ts';
import { fileKind } from '../../src/integration/file-kinds.ts';
import { makePrefilters } from '../../src/integration/prefilter.ts';
import { scanFile } from '../../src/integration/scan-file.ts';
import { WRITINGS, type Writing } from './languages.ts';

const catalog = compileCatalog(loadCatalog());
const { source: prefilter } = makePrefilters(catalog);

/** A line that shows the provider, in this language. */
function establishing(provider: CatalogFile, writing: Writing): string | undefined {
  const fragment = [...provider.bases, ...provider.hosts, ...provider.markers.strings].find(
    (text) => !text.includes('"'),
  );
  if (fragment !== undefined) return writing.string(fragment.replaceAll('*', 'x'), 0);
  const client = provider.clients.find((one) => one.needs_import !== true && one.argument === undefined);
  const module = provider.imports.find((one) => writing.import(one) !== undefined);
  if (module !== undefined) return writing.import(module);
  return client === undefined ? undefined : writing.call(client.name.split('.'));
}

/** What an entry needs beside its name to be reported is tested elsewhere. */
function isPlain({ entry }: NamedEntry): boolean {
  return (
    entry.mime === undefined &&
    entry.holding.length === 0 &&
    entry.unless === undefined &&
    !entry.arguments.some((argument) => argument.selects === true)
  );
}

function callOf(writing: Writing, item: NamedEntry): string {
  return writing.call(chainOf(item));
}

function chainOf(item: NamedEntry): string[] {
  const chain = [...(item.entry.receiver[0]?.split('.') ?? []), ...item.segments];
  return item.method && chain.length === 1 ? ['client', ...chain] : chain;
}

function namesOf(provider: CatalogFile, writing: Writing): NamedEntry[] {
  return [...catalog.calls(writing.language).values()]
    .flat()
    .filter((item) => 'provider' in item.owner && item.owner.provider === provider && isPlain(item));
}

const cases = WRITINGS.flatMap((writing) =>
  catalog.providers.flatMap((provider) => {
    const line = establishing(provider, writing);
    const items = namesOf(provider, writing);
    return line === undefined || items.length === 0
      ? []
      : [{ writing, provider, line, items, name: `${provider.provider} in ${writing.file}` }];
  }),
);

/** What must stand somewhere in a file for some entries to count. */
const BESIDE = [...new Set(catalog.entries.flatMap(({ entry }) => entry.beside.slice(0, 1)))];

/** No file has more lines than places of one capability are reported. */
const LINES = 150;

async function scan(writing: Writing, line: string, calls: readonly string[]) {
  const chunks = Array.from({ length: Math.ceil(calls.length / LINES) }, (_, at) =>
    calls.slice(at * LINES, (at + 1) * LINES),
  );
  const found = await Promise.all(
    chunks.map((chunk) => scanLines(writing, [line, ...chunk, ...BESIDE.map((name) => writing.call([name]))])),
  );
  return (index: number) => found[Math.floor(index / LINES)]?.(1 + (index % LINES)) ?? [];
}

async function scanLines(writing: Writing, lines: readonly string[]) {
  const text = [writing.head, ...lines, writing.foot].join('\n');
  const kind = fileKind(writing.file);
  if (kind === undefined) throw new Error(`no kind for ${writing.file}`);
  const bytes = Buffer.from(text);
  const { integrations } = await scanFile(writing.file, kind, bytes, catalog);
  expect(integrations.length === 0 || prefilter.mayHold(bytes)).toBe(true);
  const first = writing.head.split('\n').length + 1;
  return (index: number) => integrations.filter((one) => one.range.startLine === first + index);
}

describe('every name of the catalog in every idiom', () => {
  it.each(cases)('$name', async ({ writing, provider, line, items }) => {
    const at = await scan(
      writing,
      line,
      items.map((item) => callOf(writing, item)),
    );
    const missed = items.filter(
      (item, index) =>
        !at(index).some(
          (one) => one.provider === provider.provider && one.entry === `${provider.provider}/${entryName(item)}`,
        ),
    );
    expect(missed.map((item) => callOf(writing, item))).toEqual([]);
  });

  it('writes each operation of each AWS service in every language', () => {
    const services = catalog.providers.filter(
      (provider) => provider.idiom === 'aws' && provider.entries.some((entry) => entry.apis.length > 0),
    );
    expect(services.length).toBeGreaterThan(1);
    const written = new Set(cases.map(({ name }) => name));
    for (const writing of WRITINGS) {
      for (const service of services) expect(written).toContain(`${service.provider} in ${writing.file}`);
    }
  });
});

describe('arguments in every idiom', () => {
  const argued = cases.flatMap(({ writing, provider, line, items }) => {
    const wanted = items.flatMap((item) =>
      item.entry.arguments.flatMap((argument) => argumentCases(item.entry, argument).map((one) => ({ item, ...one }))),
    );
    return writing.language === 'cpp' || wanted.length === 0
      ? []
      : [{ writing, provider, line, wanted, name: `${provider.provider} in ${writing.file}` }];
  });

  it.each(argued)('$name', async ({ writing, provider, line, wanted }) => {
    const calls = wanted.map(({ item, key, value }) => callWith(writing, item, key, value));
    const at = await scan(writing, line, calls);
    const missed = wanted.filter(
      ({ capability }, index) =>
        !at(index).some((one) => one.provider === provider.provider && one.capability === capability),
    );
    expect(missed.map(({ item, key, value }) => callWith(writing, item, key, value))).toEqual([]);
  });
});

function argumentCases(entry: CatalogEntry, { names, cases: all }: CatalogEntry['arguments'][number]) {
  const key = names[0];
  if (key === undefined) return [];
  return all.flatMap((one) => {
    const value = one.values?.[0]?.replace('*', '');
    const capability = one.capability ?? entry.capability;
    return value === undefined || !/^\w+$/.test(value) ? [] : [{ key, value, capability }];
  });
}

function callWith(writing: Writing, item: NamedEntry, key: string, value: string): string {
  return writing.call(chainOf(item), [key, value]);
}
