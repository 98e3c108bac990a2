import type { CatalogFile } from './catalog-format.ts';
import type { Chain } from './chain.ts';
import { type CompiledCatalog, containsChain } from './compiled-catalog.ts';
import type { DataFlow } from './data-flow.ts';
import { type Literal, placeOfCall, type SourceView } from './source-view.ts';
import { type Span, within } from './span.ts';
import { wrappedBy } from './wrapped-by.ts';

/** Where a file shows that it has to do with a provider. `client`: the place makes a client of it, which is a finding where nothing else is. */
export interface Evidence extends Span {
  readonly how: 'import' | 'client' | 'host' | 'base' | 'marker' | 'word';
  readonly entry: string;
}

/** What is said of the providers that a file establishes, in the order in which the file shows them. */
export type Established = ReadonlyMap<CatalogFile, readonly Evidence[]>;

/** Which providers a source file establishes: by imports, clients, hosts, bases of paths, and markers. */
export function establish(view: SourceView, flow: DataFlow, catalog: CompiledCatalog): Established {
  const found = new Map<CatalogFile, Evidence[]>();
  const add = (provider: CatalogFile, evidence: Evidence) => {
    const list = found.get(provider);
    if (list === undefined) found.set(provider, [evidence]);
    else list.push(evidence);
  };
  importEvidence(view, catalog, add);
  if (view.definition.qualified === true) qualifiedEvidence(view, catalog, add);
  markerEvidence(view, catalog, add);
  for (const literal of view.strings) stringEvidence(literal, catalog, add);
  clientEvidence(view, flow, catalog, found, add);
  for (const provider of [...found.keys()]) if (isVoid(view, provider.unless)) found.delete(provider);
  for (const provider of wrappedBy(view, catalog, found))
    if (!isVoid(view, provider.unless)) add(provider, { start: 0, end: 0, how: 'word', entry: 'word' });
  return found;
}

type Add = (provider: CatalogFile, evidence: Evidence) => void;

function importEvidence(view: SourceView, catalog: CompiledCatalog, add: Add): void {
  const known = view.definition.ignoreCase ? catalog.importsIgnoringCase : catalog.imports;
  for (const item of view.imports) {
    for (const module of prefixes(view.definition.ignoreCase ? item.module.toLowerCase() : item.module)) {
      for (const provider of known.get(module) ?? [])
        add(provider, { start: item.start, end: item.end, how: 'import', entry: 'import' });
    }
  }
}

/** Names in full stand for an import, and so does a crate before `::`. A file's own namespace does not. */
function qualifiedEvidence(view: SourceView, catalog: CompiledCatalog, add: Add): void {
  for (const { segments, start, end } of view.chains) {
    const root = String(segments[0]);
    const crate = view.code.startsWith('::', start + root.length) ? (catalog.imports.get(root) ?? []) : [];
    const providers = [
      ...(view.definition.language === 'rust' ? crate : []),
      ...segments.slice(1, -1).flatMap((_, index) => catalog.qualified.get(joined(segments.slice(0, index + 2))) ?? []),
    ];
    if (providers.length === 0 || /\b(?:namespace|package)\s+$/.test(view.code.slice(Math.max(0, start - 20), start)))
      continue;
    for (const provider of providers) add(provider, { start, end, how: 'import', entry: 'import' });
  }
}

function joined(segments: Chain): string {
  return segments.join('.').toLowerCase();
}

/** A module and all that it lies in: `a.b.c` gives `a.b.c`, `a.b`, `a`. */
function prefixes(module: string): string[] {
  const ends = [...module.matchAll(/[./\\:#]+/g)].map((match) => module.slice(0, match.index));
  return [...new Set([...ends.filter((prefix) => prefix !== ''), module])];
}

function markerEvidence(view: SourceView, catalog: CompiledCatalog, add: Add): void {
  for (const chain of view.chains) {
    chain.segments.forEach((segment, index) => {
      for (const provider of catalog.environment.get(segment) ?? [])
        add(provider, { start: chain.start, end: chain.end, how: 'marker', entry: segment });
      for (const marker of catalog.markers.get(segment) ?? []) {
        if (endsWith(chain.segments.slice(0, index + 1), marker.segments))
          add(marker.provider, { start: chain.start, end: chain.end, how: 'marker', entry: marker.segments.join('.') });
      }
    });
  }
}

function stringEvidence(literal: Literal, catalog: CompiledCatalog, add: Add): void {
  for (const provider of catalog.environment.get(literal.value) ?? [])
    add(provider, { start: literal.start, end: literal.end, how: 'marker', entry: literal.value });
  const lower = literal.value.toLowerCase();
  if (!catalog.anyFragment(lower)) return;
  for (const strings of catalog.strings) {
    for (const how of ['host', 'base', 'marker'] as const) {
      for (const fragment of strings[`${how}s`]) {
        const hit = fragment.find(lower);
        if (hit === undefined) continue;
        // An address that words speak of is not called.
        const spoken =
          how === 'host' && /\p{L}{2}\s+\p{L}{2}/u.test(lower.slice(Math.max(0, hit.start - 200), hit.start));
        add(strings.provider, {
          start: literal.start,
          end: literal.end,
          how: spoken ? 'marker' : how,
          entry: fragment.text,
        });
      }
    }
  }
}

function clientEvidence(
  view: SourceView,
  flow: DataFlow,
  catalog: CompiledCatalog,
  found: Map<CatalogFile, unknown>,
  add: Add,
): void {
  for (const call of view.calls) {
    for (const { provider, client, segments } of catalog.clients.get(call.segments.at(-1) ?? '') ?? []) {
      if (client.needs_import === true && !found.has(provider)) continue;
      if (Array.isArray(client.needs_import) && !isImported(view, client.needs_import)) continue;
      if (!flow.resolve(call.segments, call.start).some((chain) => endsWith(chain, segments))) continue;
      if (client.argument !== undefined && !hasString(view, call.args, client.argument)) continue;
      add(provider, { ...placeOfCall(view, call), how: 'client', entry: client.name });
    }
  }
}

function isImported(view: SourceView, modules: readonly string[]): boolean {
  return view.imports.some((item) => prefixes(item.module).some((module) => modules.includes(module)));
}

/** Whether one of the strings directly in a span is this one, without case. */
function hasString(view: SourceView, span: Span, value: string): boolean {
  const own = within(view.strings, span).some((literal) => literal.value.toLowerCase() === value.toLowerCase());
  return own;
}

/** Whether a chain ends with these segments; the last as written, the others without case and `_`. */
export function endsWith(chain: Chain, segments: Chain): boolean {
  if (chain.length < segments.length || chain.at(-1) !== segments.at(-1)) return false;
  return segments.length === 1 || containsChain(chain.slice(-segments.length, -1), segments.slice(0, -1));
}

/** Whether one of the things is there that void a match. */
export function isVoid(view: SourceView, unless: CatalogFile['unless']): boolean {
  if (unless === undefined) return false;
  const known = asked.get(view) ?? new Map<object, boolean>();
  asked.set(view, known);
  const answer = known.get(unless) ?? holds(view, unless);
  known.set(unless, answer);
  return answer;
}

/** Every call asks the same of its file. */
const asked = new WeakMap<SourceView, Map<object, boolean>>();

function holds(view: SourceView, { imports, names, strings }: NonNullable<CatalogFile['unless']>): boolean {
  return (
    isImported(view, imports) ||
    (names.length > 0 &&
      view.chains.some((chain) => names.some((name) => containsChain(chain.segments, name.split('.'))))) ||
    strings.some((text) => view.strings.some((literal) => literal.value.toLowerCase().includes(text.toLowerCase())))
  );
}
