import { normalise } from './chain.ts';
import type { CompiledCatalog, OwnedEntry } from './compiled-catalog.ts';
import type { Fragment } from './fragment.ts';
import { type Hit, hit } from './hit.ts';
import type { JoinedLiteral } from './literals.ts';
import type { Scene } from './match-calls.ts';
import { at, customResourceOperation, permission } from './match-permissions.ts';
import type { Found } from './scan-kind.ts';
import type { Literal, SourceView } from './source-view.ts';
import { within } from './span.ts';

/** Fragments of entries, and model files, in the strings of a file. */
export function matchFragments(scene: Scene, literals: readonly JoinedLiteral[]): Hit[] {
  const { catalog, claims } = scene;
  return literals.flatMap((literal) => {
    const lower = literal.value.toLowerCase();
    if (!catalog.anyFragment(lower)) return [];
    return catalog.fragments.flatMap(({ owned, fragment }) => {
      const needsProvider = owned.entry.needs === 'provider' || 'shape' in owned.owner;
      if (needsProvider && !claims.present(owned)) return [];
      return !holds(literal.value, lower, fragment) ? [] : [hit(owned, owned.entry.id ?? fragment.text, literal)];
    });
  });
}

/** A fragment in capitals is a constant (`FACE_DETECTION`): it stands there as written, and is no part of a word or of a path (`face_detection/me.jpg`). */
function holds(value: string, lower: string, fragment: Fragment): boolean {
  if (fragment.find(lower) === undefined) return false;
  if (!/^[A-Z][A-Z_]*_[A-Z_]*$/.test(fragment.text)) return true;
  return new RegExp(`(?<![\\w/-])${fragment.text}(?![\\w/])`).test(value);
}

/** Model files, by the end of a path in a string, compressed or not. */
export function matchFiles({ catalog, view }: Scene): Hit[] {
  return view.strings.flatMap((literal) => {
    if (literal.value.length > 1_000 || !/\.\w/.test(literal.value)) return [];
    const path = literal.value.toLowerCase();
    const unpacked = path.replace(/\.(?:bz2|gz|zip|xz)$/, '');
    return catalog.files.flatMap(({ owned, file }) =>
      path.endsWith(file) || unpacked.endsWith(file) ? [modelFile(owned, file, literal)] : [],
    );
  });
}

/** A detector's model is part of everything that recognises: it says nothing beside more of the same library. */
function modelFile(owned: OwnedEntry, file: string, literal: Literal): Hit {
  const found = hit(owned, owned.entry.id ?? file, literal);
  return found.capability === 'face_detection' ? { ...found, bare: true } : found;
}

/** Permissions and operations of AWS that are named in strings of source code. */
export function matchGrants({ view, catalog }: Scene): Found[] {
  return [...permissions(view, catalog), ...customResources(view, catalog)];
}

/** Words that stand near a list of permissions that is granted: not a table of all that there are. */
const GRANTING = /action|polic|grant|permission|statement|allow|effect|target|role/i;
/** More actions of so many services in one file are a table of what exists. */
const MAX_SERVICES = 25;

function permissions(view: SourceView, catalog: CompiledCatalog): Found[] {
  const services = new Set(view.strings.flatMap((literal) => /^([\w-]+):[A-Z*]\w*\*?$/.exec(literal.value)?.[1] ?? []));
  if (services.size > MAX_SERVICES) return [];
  const granted = catalog.providers.filter(
    (provider) => provider.aws !== undefined || provider.entries.some((entry) => entry.permissions.length > 0),
  );
  let listStart = 0;
  let previous = 0;
  return view.strings.flatMap((literal) => {
    if (!SAME_LIST.test(view.text.slice(previous, Math.min(literal.start, previous + MAX_GAP))))
      listStart = literal.start;
    previous = literal.end;
    // A gateway's template quotes what it hands on as it is: "'RekognitionService.DetectFaces'".
    const value = literal.value.replace(/^'([^']{1,200})'$/, '$1');
    if (value.length > 200 || !catalog.anyPermission(value.toLowerCase()) || !/^[\w:/.* -]+$/.test(value)) return [];
    const whats = granted.map((provider) => permission(provider, value));
    if (whats.every((one) => one === undefined)) return [];
    if (!value.startsWith('arn:') && !GRANTING.test(contextBefore(view, listStart))) return [];
    return at(literal, ...whats);
  });
}

/** What may stand between two items of a list. */
const SAME_LIST = /^["'`\s,-]*$/;
const MAX_GAP = 200;

/** What stands before a list, or before a string that is in none. */
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
