import type { Catalog } from './catalog.ts';
import type { CatalogEntry, CatalogFile, Language } from './catalog-format.ts';
import { type Chain, normalise, segmentsOf } from './chain.ts';
import { anyFragment, type Fragment, fragment, wordFragment } from './fragment.ts';
import { idiomOf } from './idioms.ts';

/** An entry with whose it is: a provider's own, or a shape of `shapes.yml` that belongs to whichever model the file sends it to. */
export interface OwnedEntry {
  readonly entry: CatalogEntry;
  readonly owner: { readonly provider: CatalogFile } | { readonly shape: string; readonly prompt: boolean };
}

/** A name to call, with what it shows. `method`: spelled out by an idiom, so called on a client. `api`: the operation it stands for. */
export interface NamedEntry extends OwnedEntry {
  readonly segments: Chain;
  readonly method: boolean;
  readonly api?: string;
}

export interface NamedClient {
  readonly provider: CatalogFile;
  readonly client: CatalogFile['clients'][number];
  readonly segments: Chain;
}

/** The fragments by which a provider's strings establish it, and the entries that have paths. */
export interface ProviderStrings {
  readonly provider: CatalogFile;
  readonly hosts: readonly Fragment[];
  readonly bases: readonly Fragment[];
  readonly markers: readonly Fragment[];
}

type ByLastName<T> = ReadonlyMap<string, readonly T[]>;

/** The catalog made fast to ask: maps by the last segment of a name. */
export interface CompiledCatalog extends Catalog {
  readonly byId: ReadonlyMap<string, CatalogFile>;
  readonly entries: readonly OwnedEntry[];
  /** What can be called in a language. */
  readonly calls: (language: Language) => ByLastName<NamedEntry>;
  readonly symbols: ByLastName<NamedEntry>;
  readonly clients: ByLastName<NamedClient>;
  readonly markers: ByLastName<{ readonly provider: CatalogFile; readonly segments: Chain }>;
  /** Names of environment variables that establish a provider. */
  readonly environment: ReadonlyMap<string, readonly CatalogFile[]>;
  /** Modules as the catalog writes them, and in lower case. */
  readonly imports: ReadonlyMap<string, readonly CatalogFile[]>;
  readonly importsIgnoringCase: ReadonlyMap<string, readonly CatalogFile[]>;
  /** The same by their names in lower case, joined by dots: as code writes them that imports nothing. */
  readonly qualified: ReadonlyMap<string, readonly CatalogFile[]>;
  readonly strings: readonly ProviderStrings[];
  readonly fragments: readonly { readonly owned: OwnedEntry; readonly fragment: Fragment }[];
  /** Names of model files in lower case. */
  readonly files: readonly { readonly owned: OwnedEntry; readonly file: string }[];
  /** Whether a text in lower case may hold one of all fragments; a test before they are tried one by one. */
  readonly anyFragment: (lower: string) => boolean;
  /** The same for permissions: actions of the services, names of policies and roles. */
  readonly anyPermission: (lower: string) => boolean;
}

/** Makes the maps; once per thread. */
export function compileCatalog(catalog: Catalog): CompiledCatalog {
  const { providers } = catalog;
  const entries = [...providers.flatMap(ownEntries), ...shapeEntries(catalog)];
  const imports = providers.flatMap((provider) => provider.imports.map((module) => [module, provider] as const));
  const strings = providers.map(providerStrings);
  const fragments = entries.flatMap((owned) =>
    owned.entry.strings.map((text) => ({ owned, fragment: fragment(text) })),
  );
  return {
    ...catalog,
    byId: new Map(providers.map((provider) => [provider.provider, provider])),
    entries,
    calls: onceEach((language) => byLastName(entries.flatMap((owned) => named(owned, language)))),
    symbols: byLastName(entries.flatMap((owned) => owned.entry.symbols.map((name) => namedEntry(owned, name, false)))),
    clients: byLastName(
      providers.flatMap((provider) =>
        provider.clients.map((client) => ({ provider, client, segments: client.name.split('.') })),
      ),
    ),
    markers: byLastName(
      providers.flatMap((provider) => provider.markers.names.map((name) => ({ provider, segments: name.split('.') }))),
    ),
    environment: grouped(
      providers.flatMap((provider) => provider.markers.environment.map((name) => [name, provider] as const)),
    ),
    imports: grouped(imports),
    importsIgnoringCase: grouped(imports.map(([module, provider]) => [module.toLowerCase(), provider] as const)),
    qualified: grouped(
      imports.map(([module, provider]) => [segmentsOf(module).join('.').toLowerCase(), provider] as const),
    ),
    strings,
    fragments,
    files: entries.flatMap((owned) => owned.entry.files.map((file) => ({ owned, file: file.toLowerCase() }))),
    anyFragment: anyFragment([
      ...fragments.map((item) => item.fragment),
      ...strings.flatMap((item) => [...item.hosts, ...item.bases, ...item.markers]),
    ]),
    anyPermission: anyFragment(providers.flatMap(permissionNames).map(fragment)),
  };
}

/** Remembers what a function gave: most threads meet few languages. */
function onceEach<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function permissionNames({ aws, entries }: CatalogFile): string[] {
  const prefixes = aws === undefined ? [] : [`${aws.iam}:`, ...(aws.target === undefined ? [] : [`${aws.target}.`])];
  return [...prefixes, ...entries.flatMap((entry) => entry.permissions)];
}

function ownEntries(provider: CatalogFile): OwnedEntry[] {
  return provider.entries.map((entry) => ({ entry, owner: { provider } }));
}

function shapeEntries(catalog: Catalog): OwnedEntry[] {
  return Object.entries(catalog.shapes).map(([shape, entry]) => ({
    entry: { ...entry, id: entry.id ?? shape },
    owner: { shape, prompt: entry.prompt },
  }));
}

function named(owned: OwnedEntry, language: Language): NamedEntry[] {
  const { entry, owner } = owned;
  const idiom = idiomOf('provider' in owner ? owner.provider.idiom : 'sdk', language);
  return [
    ...[...entry.names, ...(entry.names_in[language] ?? [])].map((name) => namedEntry(owned, name, false)),
    ...entry.apis.flatMap((api) => [
      ...idiom.methods.map((style) => namedEntry(owned, style(api), true, api)),
      ...idiom.constructors.map((style) => namedEntry(owned, style(api), false, api)),
    ]),
  ];
}

function namedEntry({ entry, owner }: OwnedEntry, name: string, method: boolean, api?: string): NamedEntry {
  const segments = name.split('.');
  return api === undefined ? { entry, owner, segments, method } : { entry, owner, segments, method, api };
}

function providerStrings(provider: CatalogFile): ProviderStrings {
  return {
    provider,
    hosts: provider.hosts.map(wordFragment),
    bases: provider.bases.map(wordFragment),
    markers: provider.markers.strings.map(wordFragment),
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
