import { createHash } from 'node:crypto';

/** A webhook's payload as received: hostile until read through the functions below. */
export type Payload = unknown;

/** The value under a path of keys; undefined where any step is missing. */
export function valueAt(payload: Payload, ...path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A positive whole number (an id, a pull request's number) under a path; undefined where there is none. */
export function idAt(payload: Payload, ...path: readonly string[]): number | undefined {
  const value = valueAt(payload, ...path);
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** A string under a path; undefined where there is none. */
export function textAt(payload: Payload, ...path: readonly string[]): string | undefined {
  const value = valueAt(payload, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** A list under a path; empty where there is none. */
export function listAt(payload: Payload, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(payload, ...path);
  return Array.isArray(value) ? value : [];
}

/** SHA-256 of a comment's text in hexadecimal: enough to see that it was edited, without keeping it. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
