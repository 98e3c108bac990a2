import { normalise } from './chain.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import type { Established } from './establish.ts';
import type { JoinedLiteral } from './literals.ts';
import { at, customResourceOperation, permission } from './match-permissions.ts';
import type { Found } from './scan-kind.ts';
import type { SourceView } from './source-view.ts';
import { within } from './span.ts';

/** Entry fragments, model files, permissions and operations that are named in strings of source code. */
export function matchStrings(
  view: SourceView,
  literals: readonly JoinedLiteral[],
  catalog: CompiledCatalog,
  established: Established,
): Found[] {
  return [
    ...literals.flatMap((literal) => fragments(literal, catalog, established)),
    ...permissions(view, catalog),
    ...customResources(view, catalog),
  ];
}

function fragments(literal: JoinedLiteral, catalog: CompiledCatalog, established: Established): Found[] {
  const lower = literal.value.toLowerCase();
  if (lower.length < 3) return [];
  return catalog.strings.flatMap(({ provider, entries }) =>
    entries.flatMap(({ entry, fragment }) => {
      if (entry.needs === 'provider' && !established.has(provider)) return [];
      if (fragment.find(lower) === undefined) return [];
      return at(literal, {
        provider: provider.provider,
        capability: entry.capability,
        certainty: entry.certainty ?? 'seen',
        facts: entry.facts ?? {},
        entry: entry.id ?? fragment.text,
      });
    }),
  );
}

/** Words that stand near a list of permissions that is granted: not a table of all that there are. */
const GRANTING = /action|polic|grant|permission|statement|allow|effect|target/i;
/** More actions of so many services in one file are a table of what exists. */
const MAX_SERVICES = 25;

function permissions(view: SourceView, catalog: CompiledCatalog): Found[] {
  const services = new Set(view.strings.flatMap((literal) => /^([\w-]+):[A-Z*]\w*\*?$/.exec(literal.value)?.[1] ?? []));
  if (services.size > MAX_SERVICES) return [];
  return view.strings.flatMap((literal) => {
    const value = literal.value;
    if (value.length > 200 || !/^[\w:/.*-]+$/.test(value)) return [];
    const whats = catalog.providers.map((provider) => permission(provider, value));
    if (whats.every((one) => one === undefined) || !GRANTING.test(contextBefore(view, literal.start))) return [];
    return at(literal, ...whats);
  });
}

function contextBefore(view: SourceView, start: number): string {
  return view.text.slice(Math.max(0, start - 400), start);
}

/** `AwsCustomResource` of CDK: `service: 'Rekognition', action: 'createCollection'`. */
function customResources(view: SourceView, catalog: CompiledCatalog): Found[] {
  const actions = view.pairs.filter((pair) => normalise(pair.key) === 'action');
  return actions.flatMap((action) => {
    const around = { start: Math.max(0, action.start - 400), end: action.end + 400 };
    const service = within(view.pairs, around).find((pair) => normalise(pair.key) === 'service');
    const [name, operation] = [service, action].map((pair) => (pair === undefined ? '' : plain(view, pair.value)));
    const provider = catalog.providers.find(
      (one) => one.aws !== undefined && normalise(one.aws.cli) === normalise(name ?? '').replace(/^awssdkclient/, ''),
    );
    return provider === undefined ? [] : at(action, customResourceOperation(provider, operation ?? ''));
  });
}

function plain(view: SourceView, span: { start: number; end: number }): string {
  return view.text.slice(span.start, Math.min(span.end, span.start + 120)).replace(/^["'`\s]+|["'`\s]+$/g, '');
}
