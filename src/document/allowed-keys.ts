import { z } from 'zod';

type Json = { readonly [key: string]: unknown };

const jsonSchemas = new WeakMap<z.ZodType, Json>();

/**
 * The keys that a schema knows at a path of a document, all alternatives together; sorted as the schema has them.
 * Read off the schema's JSON Schema, because that is data while zod's own definitions are not a public form.
 */
export function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const root = jsonSchemaOf(schema);
  let current: readonly Json[] = alternatives(root, root);
  for (const segment of path) current = current.flatMap((node) => step(node, segment, root));
  return [...new Set(current.flatMap((node) => Object.keys(isJson(node.properties) ? node.properties : {})))];
}

function jsonSchemaOf(schema: z.ZodType): Json {
  const known = jsonSchemas.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json;
  jsonSchemas.set(schema, made);
  return made;
}

function step(node: Json, segment: PropertyKey, root: Json): readonly Json[] {
  if (typeof segment === 'number') return alternatives(node.items, root);
  const properties = isJson(node.properties) ? node.properties : {};
  const key = String(segment);
  return alternatives(Object.hasOwn(properties, key) ? properties[key] : node.additionalProperties, root);
}

/** Resolves `$ref`s and spreads `anyOf`, `oneOf` and `allOf`; a reference met again inside itself adds nothing. */
function alternatives(node: unknown, root: Json, seen: ReadonlySet<unknown> = new Set()): readonly Json[] {
  if (!isJson(node) || seen.has(node)) return [];
  const deeper = new Set(seen).add(node);
  const reference = typeof node.$ref === 'string' ? resolve(node.$ref, root) : undefined;
  const branches = [reference, node.anyOf, node.oneOf, node.allOf].flat();
  return [node, ...branches.flatMap((branch) => alternatives(branch, root, deeper))];
}

function resolve(reference: string, root: Json): unknown {
  let current: unknown = root;
  for (const part of reference.split('/').slice(1)) current = isJson(current) ? current[part] : undefined;
  return current;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
