import { z } from 'zod';
import { ENTRY, ID } from './catalog-format.ts';

/**
 * `shapes.yml`: parts of messages that carry an image to a model, by id. Each is an entry; `prompt: true` has the text beside it read for what
 * it asks about people (`prompts.yml`).
 */
export const SHAPES_FILE = z.record(ID, ENTRY.extend({ prompt: z.boolean().default(true) }));
export type Shape = z.output<typeof SHAPES_FILE>[string];
