import { argumentEffect, argumentRegions } from './arguments.ts';
import type { CatalogEntry, CatalogFile } from './catalog-format.ts';
import type { Chain } from './chain.ts';
import { type CompiledCatalog, containsChain, entryName, type NamedEntry } from './compiled-catalog.ts';
import type { DataFlow } from './data-flow.ts';
import { type Established, endsWith, isVoid } from './establish.ts';
import type { Found } from './scan-kind.ts';
import type { Call, SourceView } from './source-view.ts';
import { within } from './span.ts';

/** What calls and constructions show: operations of established providers, with what their arguments add. */
export function matchCalls(
  view: SourceView,
  flow: DataFlow,
  catalog: CompiledCatalog,
  established: Established,
): Found[] {
  const clients = clientNames(view, established);
  return view.calls.flatMap((call) => {
    const named = catalog.calls[view.definition.language].get(call.segments.at(-1) ?? '') ?? [];
    return named
      .filter((item) => established.has(item.provider) && isCalled(view, flow, call, item, clients))
      .flatMap((item) => foundOf(view, flow, call, item));
  });
}

/** Which provider's client a name of the file holds, as far as its assignment shows. */
function clientNames(view: SourceView, established: Established): ReadonlyMap<string, CatalogFile> {
  const names = new Map<string, CatalogFile>();
  for (const [provider, evidence] of established) {
    for (const item of evidence) {
      if (item.how !== 'client') continue;
      const binding = view.bindings.find(
        (one) => one.value !== undefined && one.value.start <= item.start && one.value.end >= item.end,
      );
      if (binding !== undefined) names.set(String(binding.segments.at(-1)), provider);
    }
  }
  return names;
}

function isCalled(
  view: SourceView,
  flow: DataFlow,
  call: Call,
  item: NamedEntry,
  clients: ReadonlyMap<string, CatalogFile>,
): boolean {
  const receiver = call.segments.slice(0, -1);
  if (item.method && !onClient(view, receiver)) return false;
  const owner = clients.get(String(receiver.at(-1)));
  if (owner !== undefined && owner !== item.provider) return false;
  const chains = flow.resolve(call.segments, call.start);
  if (!chains.some((chain) => named(chain, item.segments))) return false;
  if (item.entry.receiver.length > 0 && !chains.some((chain) => onReceiver(chain, item.entry.receiver))) return false;
  if (item.entry.holding.length > 0 && !holds(view, flow, call, item.entry.holding)) return false;
  return !isVoid(view, item.entry.unless);
}

/** A method of an SDK is called on something, and that is not the object whose own method of that name is called. */
function onClient(view: SourceView, receiver: Chain): boolean {
  if (receiver.length === 0) return false;
  return receiver.length > 1 || !view.definition.self.includes(String(receiver[0]));
}

function named(chain: Chain, segments: Chain): boolean {
  if (segments.length === 1) return true;
  return endsWith(chain, segments) || containsChain(chain.slice(0, -1), segments.slice(0, -1));
}

function onReceiver(chain: Chain, receivers: readonly string[]): boolean {
  return receivers.some((receiver) => containsChain(chain.slice(0, -1), receiver.split('.')));
}

function holds(view: SourceView, flow: DataFlow, call: Call, names: readonly string[]): boolean {
  return argumentRegions(view, flow, call)
    .flatMap((region) => within(view.calls, region))
    .some((inner) =>
      flow.resolve(inner.segments, inner.start).some((chain) => names.some((name) => endsWith(chain, name.split('.')))),
    );
}

function foundOf(view: SourceView, flow: DataFlow, call: Call, item: NamedEntry): Found[] {
  const effect = argumentEffect(view, flow, call, item.entry.arguments);
  const place = { start: call.name.start, end: call.end };
  const base = {
    ...place,
    provider: item.provider.provider,
    certainty: item.entry.certainty ?? 'seen',
    entry: entryName(item),
  } as const;
  const own = effect.selected
    ? []
    : [{ ...base, capability: item.entry.capability, facts: { ...item.entry.facts, ...effect.numbers } }];
  const added = effect.cases.map((one) => ({
    ...base,
    capability: one.capability ?? item.entry.capability,
    facts: { ...(one.capability === undefined || effect.selected ? item.entry.facts : {}), ...one.facts },
  }));
  return [...own, ...added].filter((found) => found.capability !== 'none');
}

/** What identifiers and members show without being called. */
export function matchSymbols(
  chains: readonly { readonly segments: Chain; readonly start: number; readonly end: number }[],
  view: SourceView,
  flow: DataFlow,
  catalog: CompiledCatalog,
  established: Established,
): Found[] {
  const inImport = (offset: number) => view.imports.some((item) => item.start <= offset && offset < item.end);
  return chains.flatMap((chain) =>
    chain.segments.flatMap((segment, index) =>
      (catalog.symbols.get(segment) ?? []).flatMap((item): Found[] => {
        if (!established.has(item.provider) || inImport(chain.start)) return [];
        const written = flow.resolve(chain.segments.slice(0, index + 1), chain.start);
        if (!written.some((one) => endsWith(one, item.segments)) || isVoid(view, item.entry.unless)) return [];
        return [symbolFound(chain, item.provider, item.entry, entryName(item))];
      }),
    ),
  );
}

function symbolFound(
  place: { start: number; end: number },
  provider: CatalogFile,
  entry: CatalogEntry,
  name: string,
): Found {
  return {
    start: place.start,
    end: place.end,
    provider: provider.provider,
    capability: entry.capability,
    certainty: entry.certainty ?? 'seen',
    facts: entry.facts ?? {},
    entry: name,
  };
}
