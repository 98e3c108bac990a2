import type { Catalog } from './catalog.ts';
import type { CatalogEntry, CatalogFile } from './catalog-format.ts';
import { normalise } from './chain.ts';
import { escapeExpression } from './fragment.ts';
import { argumentName } from './name-index.ts';
import type { Shape } from './shapes-format.ts';

/** A literal without which something can't be in a file. */
export interface Needle {
  /** Lower case. */
  readonly literal: string;
  /** Further texts that must be there too, as `normalise` makes them. */
  readonly with?: readonly string[];
  /** The literal is an ordinary word: it counts only where this matches. */
  readonly as?: RegExp;
}

/** Something that a file may hold if one of the needles is in it and, where there are such, one of the groups of further texts. */
export interface Condition {
  readonly any: readonly Needle[];
  readonly also?: readonly (readonly string[])[];
}

/** What must be in source code for a provider of the catalog to show there. */
export function sourceConditions(catalog: Catalog): Condition[] {
  return catalog.providers.flatMap((provider) => {
    const shapes = (provider.multimodal?.shapes ?? []).flatMap((id) => catalog.shapes[id] ?? []);
    const isModel = provider.multimodal !== undefined;
    const shown = [...[...shapes, ...provider.entries].flatMap(shownBy), ...(isModel ? [] : lateClients(provider))];
    // Clients and hosts show a provider; of a language model they say nothing.
    const present = isModel ? [] : reached(provider);
    return [
      { any: [...present, ...provider.entries.flatMap(standing), ...granted(provider)] },
      { any: [...reached(provider), ...establishing(provider)], also: shown },
      wrapped(provider, shapes),
    ];
  });
}

/** What must be in any other file: the same, and packages, images, resources, names of variables. */
export function otherConditions(catalog: Catalog): Condition[] {
  const declared = catalog.providers.map((provider) => ({
    any: [
      ...packageNeedles(provider.packages),
      ...(provider.multimodal === undefined ? provider.markers.environment.map(plain) : []),
      ...provider.entries.flatMap((entry) => [
        ...packageNeedles(entry.packages),
        ...entry.images.map(piece),
        ...entry.resources.flatMap(resourceNeedles),
        ...[...entry.environment, ...entry.commands.map((command) => longest(command.split(' ')))].map(plain),
      ]),
    ],
  }));
  return [...sourceConditions(catalog), ...declared];
}

/** By what a program calls its wrapper, with what that lets count. */
function wrapped({ markers, entries }: CatalogFile, shapes: readonly Shape[]): Condition {
  const addresses = entries.flatMap(({ paths }) => pathGroups(paths));
  const distinctive = [...entries, ...shapes].filter((entry) => entry.distinctive === true);
  return { any: markers.words.map(plain), also: [...addresses, ...distinctive.flatMap(shownBy)] };
}

/** The types of resources. One that is an ordinary word (`module`) is known by what it is asked for. */
function resourceNeedles({ types, when }: CatalogEntry['resources'][number]): Needle[] {
  return types.flatMap((type) => {
    if (!/^[a-z]+$/.test(type) || when?.values === undefined) return [piece(type)];
    return when.values.map((value) => ({ ...plain(value), with: [type, normalise(when.property)] }));
  });
}

/** By which a provider is reached, whatever is done with it. */
function reached(provider: CatalogFile): Needle[] {
  return [...provider.clients.flatMap(clientNeedles), ...provider.hosts.map(piece)];
}

/** A client as a needle, once for each of the modules without which its name says nothing. */
function clientNeedles({ name, argument, needs_import: modules }: CatalogFile['clients'][number]): Needle[] {
  const needle = argument === undefined ? dotted(name) : plain(argument);
  if (modules === undefined) return [needle];
  if (modules === true) return [];
  return modules.map((module) => ({
    ...needle,
    with: [...(needle.with ?? []), ...module.split(/[./\\:]+/).map(normalise)],
  }));
}

/** Names of clients that count where an import shows the provider. */
function lateClients({ clients }: CatalogFile): string[][] {
  return clients.filter((client) => client.needs_import === true).map(({ name }) => segments(name));
}

/** By which a file shows that it has to do with a provider, and that are no finding. */
function establishing(provider: CatalogFile): Needle[] {
  return [
    ...provider.imports.map(importNeedle),
    ...[...provider.bases, ...provider.markers.strings].map(piece),
    ...provider.markers.names.map(dotted),
    ...provider.markers.environment.map(plain),
  ];
}

/** What of an entry shows where its provider is not established. */
function standing(entry: CatalogEntry): Needle[] {
  const strings = entry.needs === 'provider' ? [] : entry.strings;
  return [...strings, ...entry.files, ...entry.permissions].map(piece);
}

function granted({ aws }: CatalogFile): Needle[] {
  return aws === undefined
    ? []
    : [`${aws.iam}:`, aws.cli, ...(aws.target === undefined ? [] : [`${aws.target}.`])].map(plain);
}

/** The texts, as `normalise` makes them, of which one group must be in a file for an entry or shape to match, the provider given. */
function shownBy(entry: CatalogEntry | Shape): string[][] {
  const names = [...entry.names, ...entry.symbols, ...Object.values(entry.names_in).flatMap((list) => list ?? [])];
  const pairs = Object.entries(entry.pairs ?? {});
  const keysOfPairs = pairs.map(([key]) => normalise(key));
  return [
    ...names.map(segments),
    ...entry.strings.map((text) => [normalise(longestPiece(text))]),
    ...pathGroups(entry.paths),
    ...entry.keys.flatMap((key) => key.names.map((name) => [argumentName(name)])),
    ...(pairs[0]?.[1] ?? []).map((value) => [...keysOfPairs, value === '*' ? '' : normalise(value)]),
    ...entry.apis.map((api) => [normalise(api)]),
  ].map((group) => group.filter((text) => text !== ''));
}

/** A path may be put together from its segments. */
function pathGroups(paths: readonly string[]): string[][] {
  return paths.map((path) =>
    path
      .split(/[/*]/)
      .map(normalise)
      .filter((text) => text !== ''),
  );
}

function segments(name: string): string[] {
  return name.split('.').map(normalise);
}

/** Any way to import a module holds its last name and, in one piece, what it lies in. */
function importNeedle(module: string): Needle {
  const lower = module.toLowerCase();
  // Paths, packages and files are written in one piece.
  if (/[/@-]|\.[cm]?js$/.test(lower)) return { literal: lower };
  const parts = lower.split(/\.|\\|::/);
  const last = parts.at(-1) ?? lower;
  if (parts.length === 1) return { literal: lower, as: importOf(lower) };
  const parent = lower.slice(0, lower.length - last.length).replace(/[.\\:]+$/, '');
  return parent.length > last.length
    ? { literal: parent, with: [normalise(last)] }
    : { literal: last, with: [normalise(parent)] };
}

/** A module of one name is often an ordinary word: an import of it has a word for that before it on the line. */
function importOf(name: string): RegExp {
  return new RegExp(
    `\\b(?:import|from|require|use|using|include|crate)\\b[^\\n]{0,100}\\b${escapeExpression(name)}\\b`,
    'i',
  );
}

function packageNeedles(packages: CatalogFile['packages']): Needle[] {
  return (
    Object.values(packages)
      .flatMap((names) => names ?? [])
      // Group and artifact are written apart in some manifests.
      .map((name) => together(name.toLowerCase().split(':')))
  );
}

/** The pieces of a fragment between its holes. */
function piece(text: string): Needle {
  return together(text.toLowerCase().split('*'));
}

/** The longest of some texts, with the others. */
function together(parts: readonly string[]): Needle {
  const literal = longest(parts);
  return { literal, with: parts.filter((part) => part !== literal && part !== '').map(normalise) };
}

/** A name of segments. Where all but one say nothing (`H.Human`), the name counts only as it is written: `human` alone is in half of all prose. */
function dotted(name: string): Needle {
  const parts = name.toLowerCase().split('.');
  const needle = together(parts);
  if (parts.length === 1 || needle.with?.some((text) => text.length > 1)) return needle;
  const written = parts.map(escapeExpression).join('\\s*(?:\\?\\.|\\.|::|->)\\s*');
  return { literal: needle.literal, as: new RegExp(`\\b${written}\\b`, 'i') };
}

function plain(text: string): Needle {
  return { literal: text.toLowerCase() };
}

function longestPiece(text: string): string {
  return longest(text.split('*'));
}

function longest(parts: readonly string[]): string {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), '');
}
