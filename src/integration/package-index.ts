import type { Catalog } from './catalog.ts';
import type { CatalogEntry, CatalogFile, Ecosystem } from './catalog-format.ts';
import type { Found } from './scan-kind.ts';
import type { Span } from './span.ts';

/** One package that a file asks for, at the place where its name stands. */
export interface Dependency extends Span {
  readonly ecosystem: Ecosystem;
  /** As written, without version, extras and markers; Maven: `group:artifact`. */
  readonly name: string;
}

interface Packaged {
  readonly provider: CatalogFile;
  /** Undefined: only the provider shows. */
  readonly entry?: CatalogEntry;
}

type PackageIndex = ReadonlyMap<string, readonly Packaged[]>;
const INDEXES = new WeakMap<Catalog, PackageIndex>();

/** What the packages of a file show: each (package, capability) once, at its first place. All are `potential`. */
export function dependencyFindings(dependencies: Iterable<Dependency>, catalog: Catalog): Found[] {
  const index = indexOf(catalog);
  const seen = new Set<string>();
  const found: Found[] = [];
  for (const dependency of dependencies) {
    const key = keyOf(dependency.ecosystem, dependency.name);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const packaged of lookUp(index, dependency)) found.push(foundOf(dependency, packaged));
  }
  return found;
}

/** Whether the catalog knows a package by this name. */
export function isKnownPackage(ecosystem: Ecosystem, name: string, catalog: Catalog): boolean {
  return indexOf(catalog).has(keyOf(ecosystem, name));
}

function lookUp(index: PackageIndex, { ecosystem, name }: Dependency): readonly Packaged[] {
  const own = index.get(keyOf(ecosystem, name));
  if (own !== undefined) return own;
  // Conda carries what PyPI does, under the same names.
  return (ecosystem === 'conda' && index.get(keyOf('pypi', name))) || [];
}

function foundOf({ start, end, name }: Dependency, { provider, entry }: Packaged): Found {
  const capability = entry?.capability ?? 'unspecified';
  return {
    start,
    end,
    provider: provider.provider,
    capability,
    certainty: 'potential',
    facts: entry?.facts ?? {},
    entry: entry?.id ?? name,
    ...(capability === 'unspecified' ? { bare: true as const } : {}),
  };
}

function indexOf(catalog: Catalog): PackageIndex {
  const known = INDEXES.get(catalog);
  if (known !== undefined) return known;
  const index = new Map<string, Packaged[]>();
  for (const provider of catalog.providers) {
    addAll(index, provider.packages, { provider });
    for (const entry of provider.entries) addAll(index, entry.packages, { provider, entry });
  }
  INDEXES.set(catalog, index);
  return index;
}

function addAll(index: Map<string, Packaged[]>, packages: CatalogFile['packages'], packaged: Packaged): void {
  for (const [ecosystem, names] of Object.entries(packages)) {
    for (const name of names ?? []) {
      const key = keyOf(ecosystem as Ecosystem, name);
      index.set(key, [...(index.get(key) ?? []), packaged]);
    }
  }
}

/** Names as each ecosystem compares them. */
function keyOf(ecosystem: Ecosystem, name: string): string {
  const lower = name.toLowerCase();
  if (ecosystem === 'pypi' || ecosystem === 'conda') return `${ecosystem} ${lower.replace(/[-_.]+/g, '-')}`;
  if (ecosystem === 'go') return `go ${name.replace(/\/v\d+$/, '')}`;
  if (ecosystem === 'swift') return `swift ${(lower.split('/').at(-1) ?? lower).replace(/\.git$/, '')}`;
  return `${ecosystem} ${ecosystem === 'maven' || ecosystem === 'cocoapods' ? name : lower}`;
}
