import type { ErrorCodeEntry } from '../error-code-entry.ts';

/** Of declarations. */
export const DECLARATION_ERRORS = {
  'SL-DECL-DUPLICATE-ID': {
    title: 'Two use cases with the same id',
    meaning: 'The id names one use case in findings, overrides and the ledger; two of them could not be told apart.',
    remedy: 'Give one of the two another id.',
  },
  'SL-DECL-NO-SERVICES': {
    title: 'A use case without services',
    meaning:
      'The services decide which policies apply; without them only integrations found in code bring policies in. A review asks for them where no code shows one and a policy of some service would ask or block.',
    remedy: 'Add services: with every AI service that the use case runs on.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
