// Cuts out of GitHub's official OpenAPI description what the local GitHub (test/github/) implements, and writes it to
// test/github/openapi.json: operations and webhooks with closed references, without prose and examples, beside the names
// of all other operations (so that a call of one is answered with its name).
//
//   node scripts/extract-openapi.mjs [path of api.github.com.json]
//
// Without a path the description is taken from the npm package @octokit/openapi (MIT), fetched to a temporary folder: it has
// 385 MB, so it is never a dependency.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@octokit/openapi';
const VERSION = '23.0.2';
const FILE = 'package/generated/api.github.com.json';
const OUTPUT = 'test/github/openapi.json';

const OPERATIONS = `
apps/get-authenticated apps/get-by-slug apps/list-installations apps/get-installation apps/delete-installation
apps/suspend-installation apps/unsuspend-installation apps/create-installation-access-token
apps/revoke-installation-access-token apps/get-repo-installation apps/get-org-installation apps/get-user-installation
apps/get-webhook-config-for-app apps/update-webhook-config-for-app apps/list-webhook-deliveries apps/get-webhook-delivery
apps/redeliver-webhook-delivery apps/list-repos-accessible-to-installation apps/create-from-manifest
checks/create checks/update checks/get checks/list-annotations checks/rerequest-run checks/list-for-ref
checks/list-for-suite checks/create-suite checks/get-suite checks/rerequest-suite checks/list-suites-for-ref
git/get-blob git/create-blob git/get-tree git/create-tree git/get-commit git/create-commit git/get-ref
git/list-matching-refs git/create-ref git/update-ref git/delete-ref
repos/get repos/get-content repos/get-collaborator-permission-level repos/check-collaborator repos/list-collaborators
repos/get-branch repos/list-branches repos/get-branch-protection repos/get-branch-rules repos/get-repo-rulesets
repos/get-repo-ruleset repos/compare-commits-with-basehead repos/list-commits repos/get-commit
repos/download-tarball-archive repos/download-zipball-archive repos/list-pull-requests-associated-with-commit
repos/list-for-org repos/list-activities
pulls/list pulls/get pulls/create pulls/update pulls/list-files pulls/list-commits pulls/list-reviews pulls/create-review
pulls/get-review pulls/update-review pulls/list-comments-for-review pulls/dismiss-review pulls/submit-review
pulls/list-review-comments pulls/list-review-comments-for-repo pulls/create-review-comment
pulls/create-reply-for-review-comment pulls/get-review-comment pulls/update-review-comment pulls/delete-review-comment
issues/get issues/create issues/update issues/list-for-repo issues/list-comments issues/create-comment
issues/list-comments-for-repo issues/get-comment issues/update-comment issues/delete-comment
reactions/list-for-issue-comment reactions/create-for-issue-comment reactions/delete-for-issue-comment
reactions/list-for-pull-request-review-comment reactions/create-for-pull-request-review-comment
reactions/delete-for-pull-request-comment
teams/get-by-name teams/get-membership-for-user-in-org teams/list-members-in-org
orgs/get orgs/get-membership-for-user orgs/check-membership-for-user orgs/list-members
users/get-authenticated users/get-by-username users/get-by-id
code-scanning/upload-sarif code-scanning/get-sarif
rate-limit/get meta/get
`
  .trim()
  .split(/\s+/);

const WEBHOOKS = `
pull-request-opened pull-request-synchronize pull-request-reopened pull-request-closed pull-request-edited
pull-request-ready-for-review pull-request-converted-to-draft
issue-comment-created issue-comment-edited issue-comment-deleted
pull-request-review-submitted pull-request-review-dismissed pull-request-review-comment-created
pull-request-review-comment-edited pull-request-review-comment-deleted
pull-request-review-thread-resolved pull-request-review-thread-unresolved
check-run-created check-run-completed check-run-rerequested check-run-requested-action
check-suite-completed check-suite-requested check-suite-rerequested
push merge-group-checks-requested merge-group-destroyed
installation-created installation-deleted installation-suspend installation-unsuspend
installation-new-permissions-accepted installation-repositories-added installation-repositories-removed
repository-renamed repository-transferred repository-deleted branch-protection-rule-created
branch-protection-rule-edited branch-protection-rule-deleted issues-opened issues-edited issues-closed ping
`
  .trim()
  .split(/\s+/);

/** A schema of at least that many characters is shared where it occurs twice. */
const SHARED_SIZE = 120;

/** Octokit's own additions: other names for what the description has already. */
const DUPLICATES = new Set(['repos/compare-commits']);

const PROSE = new Set(['description', 'example', 'examples', 'externalDocs', 'tags', 'x-github', 'summary', 'title']);

function readDescription(path) {
  if (path) return JSON.parse(readFileSync(path, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync('tar', ['xzf', `octokit-openapi-${VERSION}.tgz`, FILE], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies a schema or operation without prose. Below `properties` the keys are names of the API and all stay. */
function strip(value, names = false) {
  if (Array.isArray(value)) return value.map((entry) => strip(entry));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => names || !PROSE.has(key));
  return Object.fromEntries(kept.map(([key, entry]) => [key, strip(entry, !names && key === 'properties')]));
}

function extractOperation(operation, path, pathItem) {
  const responses = Object.entries(operation.responses).map(([status, response]) => [status, response]);
  return {
    operationId: operation.operationId,
    path,
    parameters: [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])],
    ...(operation.requestBody && { requestBody: operation.requestBody }),
    responses: Object.fromEntries(responses),
  };
}

/** Adds every component that `value` names to `components`, and what those name. */
function close(value, source, components) {
  if (Array.isArray(value)) return value.forEach((entry) => void close(entry, source, components));
  if (value === null || typeof value !== 'object') return;
  if (typeof value.$ref === 'string') {
    const [, , kind, name] = value.$ref.split('/');
    components[kind] ??= {};
    if (components[kind][name] === undefined) {
      components[kind][name] = strip(source.components[kind][name]);
      delete components[kind][name].headers;
      close(components[kind][name], source, components);
    }
  }
  for (const entry of Object.values(value)) close(entry, source, components);
}

/** Calls `visit` for a schema's own sub-schemas and puts in their place what it returns. */
function mapSchemas(schema, visit) {
  const all = (list) => list.map(visit);
  const each = (map) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, visit(value)]));
  return {
    ...schema,
    ...(schema.properties && { properties: each(schema.properties) }),
    ...(schema.items && { items: visit(schema.items) }),
    ...(typeof schema.additionalProperties === 'object' && {
      additionalProperties: visit(schema.additionalProperties),
    }),
    ...(schema.allOf && { allOf: all(schema.allOf) }),
    ...(schema.anyOf && { anyOf: all(schema.anyOf) }),
    ...(Array.isArray(schema.oneOf) && { oneOf: all(schema.oneOf) }),
  };
}

/** GitHub spells users and repositories out wherever they occur. What occurs twice becomes one component: a third of the size, a tenth of the time to compile. */
function shareRepeated(schemas) {
  const seen = new Map();
  const count = (schema) => {
    const text = JSON.stringify(schema);
    if (text.length >= SHARED_SIZE) seen.set(text, (seen.get(text) ?? 0) + 1);
    if (seen.get(text) !== 2 || text.length < SHARED_SIZE) mapSchemas(schema, count);
    return schema;
  };
  Object.values(schemas).forEach(count);
  const names = new Map();
  const share = (schema) => {
    const text = JSON.stringify(schema);
    if ((seen.get(text) ?? 0) < 2) return mapSchemas(schema, share);
    if (!names.has(text)) {
      names.set(text, `shared-${names.size + 1}`);
      schemas[names.get(text)] = mapSchemas(schema, share);
    }
    return { $ref: `#/components/schemas/${names.get(text)}` };
  };
  for (const [name, schema] of Object.entries(schemas)) schemas[name] = mapSchemas(schema, share);
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const source = readDescription(process.argv[2]);
const operations = {};
const otherOperations = {};
for (const [path, item] of Object.entries(source.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (!operation.operationId || DUPLICATES.has(operation.operationId)) continue;
    if (!OPERATIONS.includes(operation.operationId))
      otherOperations[`${method.toUpperCase()} ${path}`] = operation.operationId;
    else
      operations[operation.operationId] = strip({
        method: method.toUpperCase(),
        ...extractOperation(operation, path, item),
      });
  }
}
for (const operation of Object.values(operations))
  for (const response of Object.values(operation.responses)) delete response.headers;
const webhooks = {};
for (const name of WEBHOOKS) {
  const schema = source['x-webhooks'][name]?.post.requestBody.content['application/json'].schema;
  if (!schema) throw new Error(`no webhook ${name} in the description`);
  webhooks[name] = strip(schema);
}
for (const id of OPERATIONS) if (!operations[id]) throw new Error(`no operation ${id} in the description`);
const components = {};
close([operations, webhooks], source, components);
shareRepeated(components.schemas);
const extract = {
  source: `${PACKAGE} ${VERSION} (${FILE.slice('package/'.length)}), made from https://github.com/github/rest-api-description, MIT License, Copyright (c) GitHub`,
  operations: sorted(operations),
  webhooks: sorted(webhooks),
  components: Object.fromEntries(Object.entries(sorted(components)).map(([kind, entries]) => [kind, sorted(entries)])),
  otherOperations: sorted(otherOperations),
};
writeFileSync(OUTPUT, `${JSON.stringify(extract)}\n`);
console.log(
  `${OUTPUT}: ${OPERATIONS.length} operations, ${WEBHOOKS.length} webhooks, ${Math.round(JSON.stringify(extract).length / 1024)} KB`,
);
