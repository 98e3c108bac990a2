import { z } from 'zod';
import { factsJsonSchema } from '../facts/facts-json-schema.ts';
import { SERVICES } from '../facts/services.ts';
import { declarationSchema } from './declaration-schema.ts';

/** The JSON Schema (draft 7) of a declaration, for editors; published as `schemas/declaration.schema.json`. */
export function declarationJsonSchema(): object {
  const schema = z.toJSONSchema(declarationSchema, { target: 'draft-7', io: 'input' });
  const { facts, services, ...others } = schema.properties ?? {};
  const items = { anyOf: Object.entries(SERVICES).map(([name, description]) => ({ const: name, description })) };
  const factSchema = factsJsonSchema();
  return {
    ...schema,
    title: 'Sightline: declaration of an AI use case',
    properties: {
      ...others,
      services: { ...Object(services), items },
      facts: { description: Object(facts).description, anyOf: [factSchema.schema, { type: 'null' }] },
    },
    definitions: factSchema.definitions,
  };
}
