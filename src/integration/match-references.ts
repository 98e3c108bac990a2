import type { CatalogFile } from './catalog-format.ts';
import { type Chain, normalise } from './chain.ts';
import { entryName, type NamedEntry } from './compiled-catalog.ts';
import { endsWith } from './establish.ts';
import { type Hit, hit } from './hit.ts';
import { camelCase } from './idioms.ts';
import { clientNames, type Scene } from './match-calls.ts';
import { placeOfCall } from './source-view.ts';
import { within } from './span.ts';

/** Calls that are given the name of an operation as a string: `getattr(client, 'detect_faces')`, `client.get_paginator('list_faces')`. */
const TAKES_A_NAME = new Set(
  [
    'getattr',
    'get_paginator',
    'getPaginator',
    'getIterator',
    'can_paginate',
    'generate_presigned_url',
    'methodcaller',
    'public_send',
    'send',
    'getCommand',
    'execute',
    'executeAsync',
    'makeRequest',
    'call_user_func',
    '_make_api_call',
  ].map(normalise),
);

/**
 * Operations that are named and not called on the spot: handed on as `start_func=client.start_face_search`, or by their name in a string. Their
 * provider must be established, and what they are taken from must be its client: traced to one, or called after the service.
 */
export function matchReferences(scene: Scene): Hit[] {
  return [...references(scene), ...namedInStrings(scene)];
}

function references(scene: Scene): Hit[] {
  const { view, flow, catalog, claims } = scene;
  const calls = catalog.calls(view.definition.language);
  const clients = clientNames(view, scene.established);
  return view.chains.flatMap((chain) => {
    const last = chain.segments.at(-1) ?? '';
    const named = chain.segments.length < 2 ? undefined : calls.get(last);
    if (named === undefined || !isHandedOn(view.code, chain.start, chain.end)) return [];
    if (view.imports.some((item) => item.start <= chain.start && chain.start < item.end)) return [];
    return named
      .filter((item) => item.entry.receiver.length === 0 && claims.present(item))
      .filter((item) => isTakenFrom(item, chain.segments, flow.resolve(chain.segments, chain.start), clients))
      .map((item) => hit(item, entryName(item), chain));
  });
}

/** Stands where a value does, `(client.detect_faces, …`, `= client.detect_faces`, and is neither called nor assigned to. */
function isHandedOn(code: string, start: number, end: number): boolean {
  if (!/^\s*(?:[,)\]}\n;]|$)/.test(code.slice(end, end + 20))) return false;
  return /[(,=:[]\s*$/.test(code.slice(Math.max(0, start - 40), start));
}

function isTakenFrom(
  item: NamedEntry,
  chain: Chain,
  resolved: readonly Chain[],
  clients: ReadonlyMap<string, CatalogFile>,
): boolean {
  const receiver = chain.slice(0, -1);
  if (!item.method) return item.segments.length > 1 && resolved.some((one) => endsWith(one, item.segments));
  const provider = 'provider' in item.owner ? item.owner.provider : undefined;
  if (provider?.aws === undefined) return false;
  const service = normalise(provider.aws.cli);
  if (receiver.some((segment) => normalise(segment).includes(service))) return true;
  return clients.get(String(receiver.at(-1))) === provider;
}

function namedInStrings({ view, catalog, claims }: Scene): Hit[] {
  const known = catalog.calls(view.definition.language);
  return view.calls.flatMap((call) => {
    if (!TAKES_A_NAME.has(normalise(call.segments.at(-1) ?? ''))) return [];
    return within(view.strings, call.args)
      .slice(0, 4)
      .flatMap((literal) =>
        [...new Set([literal.value, camelCase(literal.value)])]
          .flatMap((name) => known.get(name) ?? [])
          .filter((item) => item.method && claims.present(item))
          .map((item) => hit(item, entryName(item), placeOfCall(view, call))),
      );
  });
}
