import { GitHubError, type GitHubErrorKind, RateLimited } from './github-error.ts';
import { listAt, textAt, valueAt } from './payload.ts';

/** Without a better word from GitHub: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
const UNSPECIFIED_PAUSE_MS = 60_000;

const KINDS: Readonly<Record<number, GitHubErrorKind>> = {
  304: 'not_modified',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'gone',
  409: 'conflict',
  410: 'gone',
  451: 'gone',
};

/** Types of GraphQL errors as GitHub sends them beside a 200. */
const GRAPHQL_KINDS: Readonly<Record<string, GitHubErrorKind>> = {
  NOT_FOUND: 'gone',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  UNPROCESSABLE: 'refused',
  RESOURCE_LIMITS_EXCEEDED: 'limit_exceeded',
  MAX_NODE_LIMIT_EXCEEDED: 'limit_exceeded',
};

/**
 * The one place that knows what Octokit throws. `now` in milliseconds decides when a rate limit ends. Errors that are
 * ours already pass through; what is no answer of GitHub's counts as `unavailable`.
 */
export function toGitHubError(error: unknown, now: number): GitHubError {
  if (error instanceof GitHubError) return error;
  const status = Number(valueAt(error, 'status'));
  const headers = valueAt(error, 'response', 'headers') ?? valueAt(error, 'headers');
  const message = textAt(error, 'message') ?? messageOf(error);
  const graphql = listAt(error, 'errors');
  const details = { cause: error, ...(Number.isInteger(status) ? { status } : {}) };
  if (isRateLimit(status, headers, message, graphql)) return new RateLimited(pauseEnd(headers, now), message, details);
  if (graphql.length > 0 && !(status >= 400)) return new GitHubError(graphqlKind(graphql), message, details);
  // A suspended installation or an archived repository answers 403: there is nothing to do until it is back.
  if (status === 403 && /\b(?:suspended|archived)\b/i.test(message)) return new GitHubError('gone', message, details);
  if (status in KINDS) return new GitHubError(KINDS[status] ?? 'unavailable', message, details);
  return new GitHubError(status >= 400 && status < 500 ? 'refused' : 'unavailable', message, details);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'GitHub could not be asked.';
}

function isRateLimit(status: number, headers: unknown, message: string, graphql: readonly unknown[]): boolean {
  if (graphql.some((error) => textAt(error, 'type') === 'RATE_LIMITED')) return true;
  if (status === 429) return true;
  if (status !== 403) return false;
  const spent = textAt(headers, 'x-ratelimit-remaining') === '0';
  return spent || valueAt(headers, 'retry-after') !== undefined || /rate limit/i.test(message);
}

/** `retry-after` (seconds) before `x-ratelimit-reset` (epoch seconds), as GitHub asks. */
function pauseEnd(headers: unknown, now: number): number {
  const after = Number(valueAt(headers, 'retry-after'));
  if (Number.isFinite(after) && after >= 0) return now + Math.max(after, 1) * 1000;
  const reset = Number(valueAt(headers, 'x-ratelimit-reset')) * 1000;
  const spent = textAt(headers, 'x-ratelimit-remaining') === '0';
  return spent && reset > now ? reset + 1000 : now + UNSPECIFIED_PAUSE_MS;
}

function graphqlKind(errors: readonly unknown[]): GitHubErrorKind {
  for (const error of errors) {
    const type = textAt(error, 'type') ?? textAt(error, 'extensions', 'code') ?? '';
    const kind = GRAPHQL_KINDS[type];
    if (kind) return kind;
  }
  return 'unavailable';
}
