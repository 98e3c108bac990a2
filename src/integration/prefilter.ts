import type { Catalog } from './catalog.ts';
import type { CatalogEntry, CatalogFile } from './catalog-format.ts';

/** A literal this short counts as a whole word only: `fer` is in `different`. */
const SHORT = 5;

/** Says by its bytes alone whether a file can hold an integration. */
export interface Prefilter {
  /** Whether a text (its bytes as Latin-1) has a word of the catalog. */
  mayHold(latin1: string): boolean;
}

/**
 * Makes one regular expression of every literal without which no provider can show: modules, clients, hosts, packages, resource types. Of a
 * model that takes images, that is the model's own literals; whether an image goes to it is for the parser.
 */
export function makePrefilter(catalog: Catalog): Prefilter {
  const literals = minimal(catalog.providers.flatMap(providerLiterals));
  const expression = new RegExp(literals.map(pattern).join('|'), 'i');
  return { mayHold: (latin1) => expression.test(latin1) };
}

function providerLiterals(provider: CatalogFile): string[] {
  return [
    ...provider.imports.flatMap(importLiterals),
    ...provider.clients.map((client) => client.argument ?? longest(client.name.split('.'))),
    ...[...provider.hosts, ...provider.bases, ...provider.markers.strings].map(longestPiece),
    ...provider.markers.names.map((name) => longest(name.split('.'))),
    ...provider.markers.environment,
    ...Object.values(provider.packages)
      .flatMap((names) => names ?? [])
      .map(packageLiteral),
    ...(provider.aws === undefined ? [] : [`${provider.aws.iam}:`, `aws ${provider.aws.cli}`, provider.aws.cli]),
    ...provider.entries.flatMap(entryLiterals),
  ].filter((literal) => literal !== '');
}

/** What of an entry shows without the provider being established elsewhere. */
function entryLiterals(entry: CatalogEntry): string[] {
  return [
    ...(entry.needs === 'provider' ? [] : entry.strings.map(longestPiece)),
    ...Object.values(entry.packages)
      .flatMap((names) => names ?? [])
      .map(packageLiteral),
    ...[...entry.images, ...entry.permissions, ...entry.files].map(longestPiece),
    ...entry.environment,
    ...entry.commands.map((command) => longest(command.split(' '))),
    ...entry.resources.flatMap((resource) => resource.types.map(longestPiece)),
  ];
}

/** `a.b.c` may be written `from a.b import c` or `a\{b\c}`: its parent is looked for. Paths and scoped names are written whole. */
function importLiterals(module: string): string[] {
  const whole = /[/@-]/.test(module);
  const parts = module.split(/[.\\]|::/);
  return whole || parts.length < 3 ? (parts.length === 2 && !whole ? [longest(parts)] : [module]) : [parentOf(module)];
}

function parentOf(module: string): string {
  return module.slice(0, Math.max(module.lastIndexOf('.'), module.lastIndexOf('\\'), module.lastIndexOf('::')));
}

/** `group:artifact` is written apart in most manifests; PyPI names with `-` or `_`. */
function packageLiteral(name: string): string {
  return name.split(':').at(-1) ?? name;
}

function longest(parts: readonly string[]): string {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), '');
}

function longestPiece(text: string): string {
  return longest(text.split('*'));
}

/** Without those that another is part of. */
function minimal(literals: readonly string[]): string[] {
  const unique = [...new Set(literals.map((literal) => literal.toLowerCase()))].sort((a, b) => a.length - b.length);
  const kept: string[] = [];
  for (const literal of unique) {
    if (!kept.some((shorter) => shorter.length > SHORT && literal.includes(shorter))) kept.push(literal);
  }
  return kept;
}

function pattern(literal: string): string {
  const escaped = literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/[-_]/g, '[-_.]');
  if (literal.length > SHORT) return escaped;
  return `${/^\w/.test(literal) ? '\\b' : ''}${escaped}${/\w$/.test(literal) ? '\\b' : ''}`;
}
