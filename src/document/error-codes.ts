/** One entry of the error catalogue: what a code means for whoever meets it, whatever the document. */
export interface ErrorCodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The catalogue of stable error codes. A code is never reused for another meaning and never renamed;
 * the documentation page of error codes is made from this table.
 */
export const ERROR_CODES = {
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
  'SL-FACT-UNKNOWN': {
    title: 'An unknown fact',
    meaning: 'The vocabulary of facts is fixed; a fact of another name would decide nothing.',
    remedy: 'Use the suggested fact, or put the statement into the description.',
  },
  'SL-FACT-VALUE': {
    title: 'A value that the fact does not have',
    meaning: 'Every fact has a fixed list of values, each with a definition.',
    remedy: 'Use an allowed value, or unknown.',
  },
  'SL-FACT-FORM': {
    title: 'A fact in the wrong form',
    meaning:
      'A fact is one value, a list, a set with open parts, true or false, or a number; which, the vocabulary says.',
    remedy: 'Write the fact in the form that the message shows.',
  },
  'SL-FACT-CONTRADICTION': {
    title: 'A fact that contradicts itself',
    meaning: 'The parts of the fact cannot all be true.',
    remedy: 'Decide for one of them.',
  },
  'SL-PACK-UNKNOWN-NAME': {
    title: 'A name that the pack does not have',
    meaning:
      'A condition refers to a definition that does not stand above it, or to an interpretation that the pack lacks.',
    remedy: 'Use a name of the pack, or add the definition or interpretation.',
  },
  'SL-PACK-DUPLICATE-RULE': {
    title: 'The same rule id twice',
    meaning: 'Findings, overrides and settings name a rule by its id, so that it must be unique in its pack.',
    remedy: 'Give one of the two another id.',
  },
  'SL-PACK-DUPLICATE-VERSION': {
    title: 'The same version of a policy twice',
    meaning: 'Two pack files have the same id and version; which one judges would be chance.',
    remedy: 'Change the version of one, or remove it.',
  },
  'SL-PACK-DATES': {
    title: 'Dates in the wrong order',
    meaning: 'Something ends before it begins.',
    remedy: 'Correct effective_from or effective_until.',
  },
  'SL-PACK-CONDITION': {
    title: 'A condition that cannot be used there',
    meaning: 'Exceptions and territories are claimed by facts; an open question of interpretation claims nothing.',
    remedy: 'Use facts there.',
  },
  'SL-PACK-TOO-COMPLEX': {
    title: 'A rule is too complex',
    meaning: 'Evaluating the rule exactly would take too long.',
    remedy: 'Split the rule into several.',
  },
  'SL-CASE-UNKNOWN-POLICY': {
    title: 'A worked case of an unknown policy',
    meaning: 'The file of worked cases names a policy, version or rule that is not loaded.',
    remedy: 'Correct the name, or give the pack file as well.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
