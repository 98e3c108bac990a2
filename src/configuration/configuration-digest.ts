import { createHash } from 'node:crypto';
import type { Configuration } from './configuration.ts';

/** SHA-256 (hexadecimal) of a configuration, the same whatever the order of its keys and of the entries of its maps. */
export function configurationDigest(configuration: Configuration): string {
  return createHash('sha256').update(canonical(configuration)).digest('hex');
}

function canonical(value: unknown): string {
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}
