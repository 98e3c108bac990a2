import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';

/** The JSON Schema (draft 7) of `.github/sightline.yml`, for editors; published as `schemas/sightline.schema.json`. */
export function configurationJsonSchema(): object {
  const schema = z.toJSONSchema(configurationSchema, { target: 'draft-7', io: 'input' });
  return { ...schema, title: 'Sightline: configuration of a repository or organisation' };
}
