import type { Catalog } from './catalog.ts';
import type { CatalogEntry, CatalogFile, Shape } from './catalog-format.ts';
import { escapeExpression } from './fragment.ts';
import { camelCase, kebabCase, snakeCase } from './idioms.ts';

/** A literal without which something can't be in a file. */
export interface Needle {
  /** Lower case. */
  readonly literal: string;
  /** Further texts in lower case that must be there too. */
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
    const established: Condition = { any: establishing(provider) };
    const alone: Condition = { any: provider.entries.flatMap(standing) };
    const shapes = (provider.multimodal?.shapes ?? []).flatMap((id) => catalog.shapes[id] ?? []);
    if (provider.multimodal === undefined) return [established, alone, { any: granted(provider) }];
    return [
      { ...established, also: [...shapes, ...provider.entries].flatMap(shownBy) },
      alone,
      { any: granted(provider) },
    ];
  });
}

/** What must be in any other file: the same, and packages, images, resources, names of variables. */
export function otherConditions(catalog: Catalog): Condition[] {
  const declared = catalog.providers.map((provider) => ({
    any: [
      ...packageNeedles(provider.packages),
      ...provider.entries.flatMap((entry) => [
        ...packageNeedles(entry.packages),
        ...[...entry.images, ...entry.resources.flatMap((resource) => resource.types)].map(piece),
        ...[...entry.environment, ...entry.commands.map((command) => longest(command.split(' ')))].map(plain),
      ]),
    ],
  }));
  return [...sourceConditions(catalog), ...declared];
}

function establishing(provider: CatalogFile): Needle[] {
  return [
    ...provider.imports.map(importNeedle),
    ...provider.clients.filter((client) => client.needs_import !== true).map(clientNeedle),
    ...[...provider.hosts, ...provider.bases, ...provider.markers.strings].map(piece),
    ...provider.markers.names.map(nameNeedle),
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

/** The texts of which one group must be in a file for an entry or shape to match, the provider given. */
function shownBy(entry: CatalogEntry | Shape): string[][] {
  const names = [...entry.names, ...entry.symbols, ...Object.values(entry.names_in).flatMap((list) => list ?? [])];
  const keys = entry.keys.flatMap((key) => key.names);
  const pairs = Object.entries(entry.pairs ?? {});
  const values = pairs[0]?.[1] ?? [];
  const keysOfPairs = pairs.map(([key]) => key.toLowerCase());
  return [
    ...names.map((name) => name.toLowerCase().split('.')),
    ...entry.strings.map((text) => [longestPiece(text.toLowerCase())]),
    ...entry.paths.map((path) => [longestPiece(path.toLowerCase())]),
    ...keys.map((name) => [name.toLowerCase()]),
    ...values.map((value) => [...keysOfPairs, ...(value === '*' ? [] : [value.toLowerCase()])]),
    ...entry.apis.flatMap((api) => [[snakeCase(api)], [camelCase(api).toLowerCase()], [kebabCase(api)]]),
  ];
}

/** Any way to import a module holds its last name and, in one piece, what it lies in. */
function importNeedle(module: string): Needle {
  const lower = module.toLowerCase();
  if (/[/@-]/.test(lower)) return { literal: lower };
  const parts = lower.split(/\.|\\|::/);
  const last = parts.at(-1) ?? lower;
  if (parts.length === 1) return { literal: lower, as: importOf(lower) };
  const parent = lower.slice(0, lower.length - last.length).replace(/[.\\:]+$/, '');
  return parent.length > last.length ? { literal: parent, with: [last] } : { literal: last, with: [parent] };
}

/** A module of one name is often an ordinary word: an import of it has a word for that before it on the line. */
function importOf(name: string): RegExp {
  return new RegExp(
    `\\b(?:import|from|require|use|using|include|crate)\\b[^\\n]{0,100}\\b${escapeExpression(name)}\\b`,
    'i',
  );
}

function clientNeedle({ name, argument }: CatalogFile['clients'][number]): Needle {
  return argument === undefined ? nameNeedle(name) : { literal: argument.toLowerCase() };
}

function nameNeedle(name: string): Needle {
  const parts = name.toLowerCase().split('.');
  const literal = longest(parts);
  return { literal, with: parts.filter((part) => part !== literal) };
}

function packageNeedles(packages: CatalogFile['packages']): Needle[] {
  return Object.values(packages)
    .flatMap((names) => names ?? [])
    .map((name) => {
      // Group and artifact are written apart in some manifests.
      const parts = name.toLowerCase().split(':');
      const literal = longest(parts);
      return { literal, with: parts.filter((part) => part !== literal) };
    });
}

function piece(text: string): Needle {
  return { literal: longestPiece(text.toLowerCase()) };
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
