import type { ErrorCodeEntry } from '../error-code-entry.ts';

/** Of any document that people write. */
export const DOCUMENT_ERRORS = {
  'SL-YAML-TOO-LARGE': {
    title: 'The document is too large',
    meaning: 'The file holds more bytes, or more YAML tokens, than Sightline reads of one document.',
    remedy: 'Split the file: one use case, pack or configuration a file.',
  },
  'SL-YAML-TOO-DEEP': {
    title: 'The document is nested too deeply',
    meaning: 'Lists and maps stand inside each other beyond the limit; no document of Sightline needs that.',
    remedy: 'Flatten the document.',
  },
  'SL-YAML-TOO-MANY-DOCUMENTS': {
    title: 'Too many documents in one file',
    meaning: 'The file holds more YAML documents (separated by ---) than this kind of file may hold.',
    remedy: 'Move the further documents to files of their own.',
  },
  'SL-YAML-SYNTAX': {
    title: 'The file is not valid YAML',
    meaning: 'The YAML parser stopped at this place; nothing of the file was used.',
    remedy: 'Correct the syntax; an editor with YAML support shows the same place.',
  },
  'SL-YAML-UNSUPPORTED': {
    title: 'A YAML feature that is not read',
    meaning:
      'Anchors, aliases, tags, merge keys and directives are refused: they make a document mean something else than it shows.',
    remedy: 'Write the value out in plain YAML.',
  },
  'SL-YAML-BAD-KEY': {
    title: 'A key that cannot be a key',
    meaning: 'A key must be a plain text, not a list, a map or nothing.',
    remedy: 'Give the value a key made of text.',
  },
  'SL-YAML-DUPLICATE-KEY': {
    title: 'The same key twice',
    meaning: 'A map has a key twice; which value counts would depend on the reader.',
    remedy: 'Keep one of the two.',
  },
  'SL-SCHEMA-UNKNOWN-KEY': {
    title: 'An unknown key',
    meaning: 'The key is not part of this kind of document; a misspelt key must not be passed over in silence.',
    remedy: 'Use the suggested key, or remove it.',
  },
  'SL-SCHEMA-MISSING-KEY': {
    title: 'A required key is missing',
    meaning: 'The document cannot be understood without this key.',
    remedy: 'Add the key.',
  },
  'SL-SCHEMA-WRONG-TYPE': {
    title: 'A value of the wrong type',
    meaning: 'The value is, for instance, a number where a text is needed; YAML reads unquoted 1.0 as a number.',
    remedy: 'Write the value as the message says; quote texts that look like numbers or booleans.',
  },
  'SL-SCHEMA-WRONG-VALUE': {
    title: 'A value that is not allowed',
    meaning: 'The value is not one of the allowed ones, or not of the required form.',
    remedy: 'Use an allowed value; the message names the nearest.',
  },
  'SL-SCHEMA-MORE-PROBLEMS': {
    title: 'Further problems are not listed',
    meaning: 'The document has more problems than are shown at once.',
    remedy: 'Mend the listed ones first.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
