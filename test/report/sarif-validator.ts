import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const SCHEMA = JSON.parse(readFileSync(new URL('fixtures/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'));
// The schema is of draft 4; it differs from what Ajv reads in the names of these two keys only.
const { $schema: _, id: __, ...schema } = SCHEMA;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const isSarif = ajv.compile(schema);

/** What the official schema of SARIF 2.1.0 finds wrong with a log; empty: nothing. */
export function sarifProblems(log: unknown): readonly string[] {
  if (isSarif(log)) return [];
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
