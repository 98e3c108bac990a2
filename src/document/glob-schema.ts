import { z } from 'zod';
import { globFault } from './glob.ts';

/** Most patterns in one list. */
const MAX_GLOBS = 100;

/** A list of path patterns in a document that people write. */
export const globList = z
  .array(
    z
      .string()
      .refine((pattern) => globFault(pattern) === undefined, {
        error: ({ input }) => `the pattern ${globFault(String(input))}`,
      })
      .meta({ description: 'Path pattern from the root of the repository: *, ?, [a-z], {a,b}, ** for folders.' }),
  )
  .max(MAX_GLOBS);
