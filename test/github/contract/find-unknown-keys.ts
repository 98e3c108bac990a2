import { resolveReference, type Schema } from './description.ts';

/**
 * Keys of a value that no alternative of its schema names: GitHub's schemas let anything more pass, GitHub's documentation
 * does not know it. Objects without named properties, and those that say `additionalProperties`, are free.
 */
export function findUnknownKeys(schema: Schema, value: unknown, where: string): string[] {
  if (Array.isArray(value)) {
    const items = alternatives(schema).flatMap((one) => (one.items === undefined ? [] : [one.items]));
    if (items.length === 0) return [];
    return value.flatMap((entry, index) => findUnknownKeys({ anyOf: items }, entry, `${where}/${index}`));
  }
  if (value === null || typeof value !== 'object') return [];
  const objects = alternatives(schema);
  const free = objects.some((one) => isFree(one));
  return Object.entries(value).flatMap(([key, entry]) => {
    const named = objects.flatMap((one) => (one.properties?.[key] === undefined ? [] : [one.properties[key]]));
    if (named.length > 0) return findUnknownKeys({ anyOf: named }, entry, `${where}/${key}`);
    return free ? [] : [`${where}/${key} is unknown`];
  });
}

function isFree(schema: Schema): boolean {
  if (typeof schema.additionalProperties === 'object') return true;
  return schema.type === 'object' && schema.properties === undefined;
}

function alternatives(schema: Schema): Schema[] {
  const own = resolveReference<Schema>(schema);
  const nested = [...(own.allOf ?? []), ...(own.anyOf ?? []), ...(own.oneOf ?? [])];
  return [own, ...nested.flatMap(alternatives)];
}
