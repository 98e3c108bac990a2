import type { Catalog } from './catalog.ts';
import { type CatalogEntry, type CatalogFile, LANGUAGES, type Language } from './catalog-format.ts';
import { type Chain, normalise } from './chain.ts';
import { type Fragment, fragment } from './fragment.ts';
import { idiomOf } from './idioms.ts';

/** A name to call, with what it shows. `method`: spelled out by an idiom, so called on a client. `api`: the operation it stands for. */
export interface NamedEntry {
  readonly provider: CatalogFile;
  readonly entry: CatalogEntry;
  readonly segments: Chain;
  readonly method: boolean;
  readonly api?: string;
}

export interface NamedClient {
  readonly provider: CatalogFile;
  readonly client: CatalogFile['clients'][number];
  readonly segments: Chain;
}

export interface ProviderStrings {
  readonly provider: CatalogFile;
  readonly hosts: readonly Fragment[];
  readonly bases: readonly Fragment[];
  readonly markers: readonly Fragment[];
  readonly entries: readonly { readonly entry: CatalogEntry; readonly fragment: Fragment }[];
}

type ByLastName<T> = ReadonlyMap<string, readonly T[]>;

/** The catalog made fast to ask: maps by the last segment of a name. */
export interface CompiledCatalog extends Catalog {
  readonly byId: ReadonlyMap<string, CatalogFile>;
  readonly calls: Readonly<Record<Language, ByLastName<NamedEntry>>>;
  readonly symbols: ByLastName<NamedEntry>;
  readonly clients: ByLastName<NamedClient>;
  readonly markers: ByLastName<{ readonly provider: CatalogFile; readonly segments: Chain }>;
  /** Modules as the catalog writes them, and in lower case. */
  readonly imports: ReadonlyMap<string, readonly CatalogFile[]>;
  readonly importsIgnoringCase: ReadonlyMap<string, readonly CatalogFile[]>;
  readonly strings: readonly ProviderStrings[];
}

/** Makes the maps; once per thread. */
export function compileCatalog(catalog: Catalog): CompiledCatalog {
  const { providers } = catalog;
  const imports = providers.flatMap((provider) => provider.imports.map((module) => [module, provider] as const));
  return {
    ...catalog,
    byId: new Map(providers.map((provider) => [provider.provider, provider])),
    calls: Object.fromEntries(
      LANGUAGES.map((language) => [language, byLastName(providers.flatMap((provider) => named(provider, language)))]),
    ) as Record<Language, ByLastName<NamedEntry>>,
    symbols: byLastName(
      providers.flatMap((provider) =>
        provider.entries.flatMap((entry) => entry.symbols.map((name) => namedEntry(provider, entry, name, false))),
      ),
    ),
    clients: byLastName(
      providers.flatMap((provider) =>
        provider.clients.map((client) => ({ provider, client, segments: client.name.split('.') })),
      ),
    ),
    markers: byLastName(
      providers.flatMap((provider) => provider.markers.names.map((name) => ({ provider, segments: name.split('.') }))),
    ),
    imports: grouped(imports),
    importsIgnoringCase: grouped(imports.map(([module, provider]) => [module.toLowerCase(), provider] as const)),
    strings: providers.map(providerStrings),
  };
}

function named(provider: CatalogFile, language: Language): NamedEntry[] {
  const idiom = idiomOf(provider.idiom, language);
  return provider.entries.flatMap((entry) => [
    ...[...entry.names, ...(entry.names_in[language] ?? [])].map((name) => namedEntry(provider, entry, name, false)),
    ...entry.apis.flatMap((api) => [
      ...idiom.methods.map((style) => ({ ...namedEntry(provider, entry, style(api), true), api })),
      ...idiom.constructors.map((style) => ({ ...namedEntry(provider, entry, style(api), false), api })),
    ]),
  ]);
}

function namedEntry(provider: CatalogFile, entry: CatalogEntry, name: string, method: boolean): NamedEntry {
  return { provider, entry, segments: name.split('.'), method };
}

function providerStrings(provider: CatalogFile): ProviderStrings {
  return {
    provider,
    hosts: provider.hosts.map(fragment),
    bases: provider.bases.map(fragment),
    markers: provider.markers.strings.map(fragment),
    entries: provider.entries.flatMap((entry) => entry.strings.map((text) => ({ entry, fragment: fragment(text) }))),
  };
}

function byLastName<T extends { readonly segments: Chain }>(items: readonly T[]): ByLastName<T> {
  return grouped(items.map((item) => [item.segments.at(-1) ?? '', item] as const));
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  }
  return map;
}

/** The stable name of an entry within its provider: its id, the operation, or the name that matched. */
export function entryName(item: {
  readonly entry: CatalogEntry;
  readonly api?: string;
  readonly segments?: Chain;
}): string {
  return item.entry.id ?? item.api ?? item.segments?.join('.') ?? item.entry.capability;
}

/** Whether `part` stands in `chain`, one after the other, without regard to case and `_`. */
export function containsChain(chain: Chain, part: Chain): boolean {
  const [have, want] = [chain.map(normalise), part.map(normalise)];
  return have.some((_, at) => want.every((segment, offset) => have[at + offset] === segment));
}
