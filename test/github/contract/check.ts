import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { allowed } from './allowances.ts';
import { description, type Parameter, resolveReference } from './description.ts';
import { findUnknownKeys } from './find-unknown-keys.ts';

const DOCUMENT = 'github';

const bodies = createValidator(false);
/** Path and query values arrive as text. */
const texts = createValidator(true);

function createValidator(coerceTypes: boolean): Ajv {
  // The schemas are large and each value is checked once or twice: quick to compile beats quick to run.
  const speed = { inlineRefs: false, code: { optimize: false } };
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, coerceTypes, logger: false, ...speed });
  addFormats.default(ajv);
  for (const format of ['repo.nwo', 'int64', 'timestamp']) ajv.addFormat(format, true);
  // Bots' addresses have brackets: `123+app[bot]@users.noreply.github.com`.
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
  const { operations, webhooks, components } = description;
  return ajv.addSchema(prepare({ operations, webhooks, components }) as AnySchema, DOCUMENT);
}

/**
 * OpenAPI 3.0 into JSON Schema: `nullable` beside no `type` becomes an alternative, and `oneOf` becomes `anyOf` (GitHub's
 * alternatives overlap: a whole user is also a public user).
 */
function prepare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prepare);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, oneOf, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, prepare(entry)]),
  );
  const schema = { ...rest, ...(oneOf !== undefined && { anyOf: [...toArray(rest.anyOf), ...toArray(oneOf)] }) };
  if (nullable !== true) return typeof oneOf === 'object' && !Array.isArray(oneOf) ? { ...rest, oneOf } : schema;
  return { anyOf: [schema, { type: 'null' }] };
}

function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is wrong with a request's path and query values and body; empty: GitHub would take it. */
export function checkRequest(
  operationId: string,
  request: {
    readonly parameters: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    readonly body: unknown;
  },
): string[] {
  const operation = description.operations[operationId];
  if (operation === undefined) return [`operation ${operationId} is not in the extract`];
  const problems: string[] = [];
  const known = new Set<string>();
  operation.parameters.forEach((entry, index) => {
    const parameter = resolveReference<Parameter>(entry);
    known.add(parameter.name);
    const values = parameter.in === 'path' ? request.parameters : request.query;
    const value = values[parameter.name];
    if (value === undefined) {
      if (parameter.required === true && parameter.name !== 'path')
        problems.push(`${parameter.in} ${parameter.name} is missing`);
      return;
    }
    const pointer =
      '$ref' in entry
        ? `${entry.$ref.slice(1)}/schema`
        : `/operations/${escapeSegment(operationId)}/parameters/${index}/schema`;
    problems.push(...validate(texts, pointer, value, `${parameter.in} ${parameter.name}`));
  });
  problems.push(
    ...Object.keys(request.query)
      .filter((key) => !known.has(key))
      .map((key) => `query ${key} is unknown`),
  );
  return [...problems, ...checkBody(operationId, request.body)];
}

function checkBody(operationId: string, body: unknown): string[] {
  const operation = description.operations[operationId];
  const schema = operation?.requestBody?.content?.['application/json']?.schema;
  if (schema === undefined) return body === undefined ? [] : ['body: the operation takes none'];
  if (body === undefined) return operation?.requestBody?.required === true ? ['body is missing'] : [];
  const pointer = `/operations/${escapeSegment(operationId)}/requestBody/content/application~1json/schema`;
  return [...validate(bodies, pointer, body, 'body'), ...findUnknownKeys(schema, body, 'body')];
}

/** What is wrong with an answer; errors (4xx, 5xx) are only looked at where the description gives them a form. */
export function checkResponse(operationId: string, status: number, body: unknown): string[] {
  const response = description.operations[operationId]?.responses[String(status)];
  if (response === undefined)
    return status < 400 && status !== 304 ? [`status ${status} is not in the description`] : [];
  if (status >= 300) return [];
  const schema = response.content?.['application/json']?.schema;
  if (response.$ref !== undefined || schema === undefined || typeof body === 'string' || Buffer.isBuffer(body))
    return [];
  const pointer = `/operations/${escapeSegment(operationId)}/responses/${status}/content/application~1json/schema`;
  const problems = [...validate(bodies, pointer, body, 'body'), ...findUnknownKeys(schema, body, 'body')];
  return problems.filter((problem) => !allowed(operationId, problem));
}

/** What is wrong with a webhook's payload; `name` as in the description: `pull-request-opened`. */
export function checkWebhook(name: string, payload: unknown): string[] {
  const schema = description.webhooks[name];
  if (schema === undefined) return [`webhook ${name} is not in the extract`];
  return validate(bodies, `/webhooks/${name}`, payload, 'payload').filter((problem) => !allowed(name, problem));
}

function validate(ajv: Ajv, pointer: string, value: unknown, where: string): string[] {
  const check: ValidateFunction | undefined = ajv.getSchema(`${DOCUMENT}#${pointer}`);
  if (check === undefined) throw new Error(`no schema at ${pointer}`);
  if (check(value)) return [];
  const all = check.errors ?? [];
  // That a value is not null, or that no alternative fits, says nothing beside what is wrong inside it.
  const errors = all.filter((error) => {
    const outer = error.keyword === 'anyOf' || error.params.type === 'null';
    return !outer || !all.some((other) => other !== error && other.instancePath.startsWith(error.instancePath));
  });
  return (errors.length > 0 ? errors : all)
    .slice(0, 12)
    .map((error) => `${where}${error.instancePath} ${error.message} ${detail(error.params)}`.trim());
}

function detail(params: Readonly<Record<string, unknown>>): string {
  return 'allowedValues' in params ? JSON.stringify(params.allowedValues) : '';
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
