import type { CatalogFile } from './catalog-format.ts';
import { camelCase, kebabCase } from './idioms.ts';
import type { Found } from './scan-kind.ts';
import type { Span } from './span.ts';

type What = Omit<Found, 'start' | 'end'>;

/** What one IAM action, managed policy, role, task of a state machine or `X-Amz-Target` value shows of a provider; undefined where it shows nothing. `value` as written, without quotes. */
export function permission(provider: CatalogFile, value: string): What | undefined {
  const { aws } = provider;
  if (aws !== undefined) {
    const match = /^(?:arn:aws[\w-]*:states:::aws-sdk:)?([\w-]+):([A-Za-z]*\*?[A-Za-z]*)(?:\.\w+)?$/.exec(value);
    if (match?.[1] === aws.iam && match[2] !== undefined && match[2] !== '') return action(provider, match[2]);
    if (aws.target !== undefined && value.startsWith(`${aws.target}.`))
      return action(provider, value.slice(aws.target.length + 1));
  }
  for (const entry of provider.entries) {
    const name = entry.permissions.find((one) => fitsName(one, value));
    if (name !== undefined) return what(provider, entry, entry.id ?? name, entry.certainty ?? 'potential');
  }
  return undefined;
}

function fitsName(pattern: string, value: string): boolean {
  const last = value.split('/').at(-1) ?? value;
  if (pattern.endsWith('*')) return last.startsWith(pattern.slice(0, -1)) || value.startsWith(pattern.slice(0, -1));
  return last === pattern || value === pattern;
}

function action(provider: CatalogFile, name: string): What | undefined {
  if (name.includes('*')) return unspecified(provider, name);
  // IAM reads actions without case.
  const lower = name.toLowerCase();
  return operation(provider, (api) => api.toLowerCase() === lower);
}

/** What an operation of the API shows, whatever way it is written. */
export function operation(provider: CatalogFile, test: (api: string) => boolean): What | undefined {
  for (const entry of provider.entries) {
    const api = entry.apis.find(test);
    if (api !== undefined) return what(provider, entry, entry.id ?? api, entry.certainty ?? 'seen');
  }
  return undefined;
}

/** An operation as the AWS command line writes it, `search-faces-by-image`. */
export function commandOperation(provider: CatalogFile, name: string): What | undefined {
  return operation(provider, (api) => kebabCase(api) === name);
}

/** An operation as `AwsCustomResource` of CDK writes it, `searchFacesByImage` or a command's class. */
export function customResourceOperation(provider: CatalogFile, name: string): What | undefined {
  return operation(provider, (api) => camelCase(api) === name || api === name || `${api}Command` === name);
}

function unspecified(provider: CatalogFile, entry: string): What {
  return {
    provider: provider.provider,
    capability: 'unspecified',
    certainty: 'potential',
    facts: {},
    entry,
    bare: true,
  };
}

function what(
  provider: CatalogFile,
  entry: CatalogFile['entries'][number],
  name: string,
  certainty: Found['certainty'],
): What {
  return {
    provider: provider.provider,
    capability: entry.capability,
    certainty,
    facts: entry.facts ?? {},
    entry: name,
    ...(entry.capability === 'unspecified' ? { bare: true as const } : {}),
  };
}

/** Findings at a place. */
export function at(span: Span, ...whats: readonly (What | undefined)[]): Found[] {
  return whats.flatMap((one) => (one === undefined ? [] : [{ ...one, start: span.start, end: span.end }]));
}
