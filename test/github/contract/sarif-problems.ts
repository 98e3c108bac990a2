import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

let isSarif: ValidateFunction | undefined;

/** What the official schema of SARIF 2.1.0 finds wrong with a log; empty: nothing. */
export function sarifProblems(log: unknown): readonly string[] {
  isSarif ??= compileSchema();
  if (isSarif(log)) return [];
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

function compileSchema(): ValidateFunction {
  const text = readFileSync(new URL('fixtures/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8');
  // The schema is of draft 4; it differs from what Ajv reads in the names of these two keys only.
  const { $schema: _, id: __, ...schema } = JSON.parse(text);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  (addFormats as unknown as (to: Ajv) => void)(ajv);
  return ajv.compile(schema);
}
