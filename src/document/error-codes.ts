import type { ErrorCodeEntry } from './error-code-entry.ts';
import { CONFIGURATION_ERRORS } from './error-codes/configuration.ts';
import { DECLARATION_ERRORS } from './error-codes/declarations.ts';
import { DOCUMENT_ERRORS } from './error-codes/document.ts';
import { FACT_ERRORS } from './error-codes/facts.ts';
import { PACK_ERRORS } from './error-codes/packs.ts';

/**
 * The catalogue of stable error codes. A code is never reused for another meaning and never renamed;
 * the documentation page of error codes is made from this table.
 */
export const ERROR_CODES = {
  ...DOCUMENT_ERRORS,
  ...FACT_ERRORS,
  ...DECLARATION_ERRORS,
  ...PACK_ERRORS,
  ...CONFIGURATION_ERRORS,
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
