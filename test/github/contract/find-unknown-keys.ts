import { resolveReference, type Schema } from './description.ts';

/** What the alternatives of a schema say together about the keys of an object and the entries of an array. */
interface Shape {
  /** Any key may come. */
  readonly free: boolean;
  readonly properties: ReadonlyMap<string, readonly Schema[]>;
  readonly items: readonly Schema[];
}

/** GitHub's schemas are many and nested, and asked of again and again. */
const shapes = new WeakMap<readonly Schema[], Shape>();
const single = new WeakMap<Schema, readonly Schema[]>();

/**
 * Keys of a value that no alternative of its schema names: GitHub's schemas let anything more pass, GitHub's documentation
 * does not know it. Objects without named properties, and those that say `additionalProperties`, are free.
 */
export function findUnknownKeys(schema: Schema, value: unknown, where: string): string[] {
  const schemas = single.get(schema) ?? [schema];
  single.set(schema, schemas);
  const problems: string[] = [];
  visit(schemas, value, where, problems);
  return problems;
}

function visit(schemas: readonly Schema[], value: unknown, where: string, problems: string[]): void {
  if (value === null || typeof value !== 'object') return;
  const shape = shapeOf(schemas);
  if (Array.isArray(value)) {
    if (shape.items.length > 0)
      value.forEach((entry, index) => void visit(shape.items, entry, `${where}/${index}`, problems));
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const named = shape.properties.get(key);
    if (named !== undefined) visit(named, entry, `${where}/${key}`, problems);
    else if (!shape.free) problems.push(`${where}/${key} is unknown`);
  }
}

function shapeOf(schemas: readonly Schema[]): Shape {
  const known = shapes.get(schemas);
  if (known !== undefined) return known;
  const all = schemas.flatMap(alternatives);
  const properties = new Map<string, Schema[]>();
  for (const [key, schema] of all.flatMap((one) => Object.entries(one.properties ?? {})))
    properties.set(key, [...(properties.get(key) ?? []), schema]);
  const items = all.flatMap((one) => (one.items === undefined ? [] : [one.items]));
  const shape = { free: all.some(isFree), properties, items };
  shapes.set(schemas, shape);
  return shape;
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
