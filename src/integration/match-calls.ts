import { argumentEffect, argumentRegions, boundValues } from './arguments.ts';
import type { CatalogFile } from './catalog-format.ts';
import type { Chain } from './chain.ts';
import { type CompiledCatalog, containsChain, entryName, type NamedEntry } from './compiled-catalog.ts';
import type { DataFlow } from './data-flow.ts';
import { type Established, endsWith, isVoid } from './establish.ts';
import { type Claims, type Hit, hit } from './hit.ts';
import { mimeOfCall } from './mime.ts';
import { isNamedAfter } from './named-after.ts';
import { type Call, placeOfCall, type SourceView } from './source-view.ts';
import { within } from './span.ts';

/** A source file with what has been found out about it. */
export interface Scene {
  readonly view: SourceView;
  readonly flow: DataFlow;
  readonly catalog: CompiledCatalog;
  readonly established: Established;
  readonly claims: Claims;
}

/** What calls and constructions show: operations of established providers, with what their arguments add. */
export function matchCalls(scene: Scene): Hit[] {
  const { view, flow, catalog, claims } = scene;
  const clients = clientNames(view, scene.established);
  return view.calls.flatMap((call) => {
    const named = catalog.calls(view.definition.language).get(call.segments.at(-1) ?? '') ?? [];
    return named
      .filter(
        (item) =>
          (claims.present(item) || isNamedAfter(view, flow, call, item)) && isCalled(scene, call, item, clients),
      )
      .flatMap((item) => hitsOf(scene, call, item));
  });
}

/** Which provider's client a name of the file holds, as far as its assignment shows. */
export function clientNames(view: SourceView, established: Established): ReadonlyMap<string, CatalogFile> {
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

function isCalled(scene: Scene, call: Call, item: NamedEntry, clients: ReadonlyMap<string, CatalogFile>): boolean {
  const { view, flow } = scene;
  const receiver = call.segments.slice(0, -1);
  if (item.method && !onClient(view, receiver)) return false;
  const client = clients.get(String(receiver.at(-1)));
  if (client !== undefined && 'provider' in item.owner && client !== item.owner.provider) return false;
  const chains = flow.resolve(call.segments, call.start);
  if (!chains.some((chain) => isNamed(chain, item.segments))) return false;
  const { receiver: receivers, holding, unless, beside } = item.entry;
  if (beside.length > 0 && !standsThere(view, beside)) return false;
  if (receivers.length > 0 && !chains.some((chain) => onReceiver(chain, receivers))) return false;
  if (holding.length > 0 && heldCalls(view, flow, call, holding).length === 0) return false;
  return !isVoid(view, unless);
}

function standsThere(view: SourceView, names: readonly string[]): boolean {
  return (
    view.pairs.some((pair) => names.includes(pair.key)) ||
    view.chains.some((chain) => chain.segments.some((segment) => names.includes(segment))) ||
    view.strings.some((literal) => names.includes(literal.value))
  );
}

/** A method of an SDK is called on something, and that is not the object whose own method of that name is called. */
function onClient(view: SourceView, receiver: Chain): boolean {
  if (receiver.length === 0) return false;
  return receiver.length > 1 || !view.definition.self.includes(String(receiver[0]));
}

function isNamed(chain: Chain, segments: Chain): boolean {
  if (segments.length === 1) return true;
  return endsWith(chain, segments) || containsChain(chain.slice(0, -1), segments.slice(0, -1));
}

function onReceiver(chain: Chain, receivers: readonly string[]): boolean {
  return receivers.some((receiver) => containsChain(chain.slice(0, -1), receiver.split('.')));
}

/** The calls of these names whose result a call is given: in its arguments, in what they are bound to, and in what that holds in turn. */
function heldCalls(view: SourceView, flow: DataFlow, call: Call, names: readonly string[]): Call[] {
  const regions = argumentRegions(view, flow, call);
  const further = regions.flatMap((region) => boundValues(view, flow, region));
  return [...regions, ...further]
    .flatMap((region) => within(view.calls, region))
    .filter((inner) =>
      flow.resolve(inner.segments, inner.start).some((chain) => names.some((name) => endsWith(chain, name.split('.')))),
    );
}

function hitsOf(scene: Scene, call: Call, item: NamedEntry): Hit[] {
  const { view, flow } = scene;
  const effect = argumentEffect(view, flow, call, item.entry.arguments);
  const base = hit(item, entryName(item), placeOfCall(view, call));
  const mime = item.entry.mime === undefined ? base : mimeOfCall(view, flow, call, base, item.entry.mime);
  if (mime === undefined) return [];
  const own = effect.selected ? [] : [{ ...mime, facts: { ...mime.facts, ...effect.numbers } }];
  const added = effect.cases.map(({ value, ...one }) => ({
    ...base,
    // What an argument adds stands where the argument does.
    ...(value === undefined || one.capability === undefined || effect.selected
      ? {}
      : { start: value.start, end: value.end }),
    capability: one.capability ?? base.capability,
    facts: { ...(one.capability === undefined || effect.selected ? base.facts : {}), ...one.facts },
  }));
  // What is handed over stands where it comes from, too.
  const held = item.entry.holding.length === 0 ? [] : heldCalls(view, flow, call, item.entry.holding);
  const sources = held.map((inner) => ({ ...base, ...placeOfCall(view, inner) }));
  return [...own, ...added, ...sources].filter((found) => found.capability !== 'none');
}

/** What identifiers and members show without being called. */
export function matchSymbols({ view, flow, catalog, claims }: Scene): Hit[] {
  const inImport = (offset: number) => view.imports.some((item) => item.start <= offset && offset < item.end);
  return view.chains.flatMap((chain) =>
    chain.segments.flatMap((segment, index) =>
      (catalog.symbols.get(segment) ?? []).flatMap((item): Hit[] => {
        if (!claims.present(item) || inImport(chain.start)) return [];
        if (item.entry.beside.length > 0 && !standsThere(view, item.entry.beside)) return [];
        const written = flow.resolve(chain.segments.slice(0, index + 1), chain.start);
        if (!written.some((one) => endsWith(one, item.segments)) || isVoid(view, item.entry.unless)) return [];
        return [hit(item, entryName(item), chain)];
      }),
    ),
  );
}
