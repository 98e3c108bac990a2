import { ProbotOctokit } from 'probot';
import type { Lease } from '../store/lease.ts';
import { GitHubError, isGitHubError } from './github-error.ts';
import { listAt, textAt, valueAt } from './payload.ts';
import type { PacedRequest, RequestPace } from './request-pace.ts';
import { toGitHubError } from './to-github-error.ts';

export type Octokit = ProbotOctokit;

/** Answers that another try can't better. 409 and 429 are the queue's business, 4xx nobody's. */
const NOT_RETRIED = [400, 401, 403, 404, 406, 409, 410, 413, 422, 429, 451];

/**
 * The Octokit class to hand to Probot (`new Probot({ Octokit, request: { fetch } })`).
 * Probot's throttling waits in the process until a rate limit ends and spaces out reads sent by GraphQL like writes; it is
 * off, `guard` paces writes and the queue waits for limits. Plain `.defaults({ throttle })` has no effect on Probot's class,
 * only the function form has.
 * @param retries of a read that failed for no fault of ours, a second apart
 */
export function octokitWith(fetch: typeof globalThis.fetch, retries = 1): typeof ProbotOctokit {
  return ProbotOctokit.defaults((options: Record<string, unknown>) => ({
    ...options,
    auth: authAt(options.baseUrl, options.auth),
    throttle: { ...(options.throttle as object | undefined), enabled: false },
    retry: { retries, doNotRetry: NOT_RETRIED },
    request: { ...(options.request as object | undefined), fetch },
  })) as typeof ProbotOctokit;
}

/**
 * Probot renews a token at api.github.com wherever GitHub was said to be: with GitHub Enterprise Server a token that was
 * revoked would never be replaced, and the app's signature would leave the house.
 */
function authAt(baseUrl: unknown, auth: unknown): unknown {
  const request = valueAt(auth, 'request') as { defaults?: (options: object) => unknown } | undefined;
  if (typeof baseUrl !== 'string' || !request?.defaults) return auth;
  return { ...(auth as object), request: request.defaults({ baseUrl }) };
}

/** What stands between a job and GitHub. */
export interface GuardContext {
  readonly installationId: number;
  /** Asked before every write; ends every request when it is aborted. */
  readonly lease: Lease;
  readonly pace: RequestPace;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Puts the guard on a client made for one job (`await probot.auth(installationId)`), and returns it: no write without
 * the lease, none faster than GitHub wants, none tried twice (one that seems to have failed may have been done; the next
 * evaluation looks). What GitHub answers amiss is thrown as `GitHubError`, a lost lease as the lease throws it.
 */
export function guard(octokit: Octokit, { installationId, lease, pace, now }: GuardContext): Octokit {
  octokit.hook.wrap('request', async (request, options) => {
    lease.signal.throwIfAborted();
    const paced = pacedRequest(options, false);
    await pace.turn(installationId, paced);
    if (paced.writes) await lease.ensure();
    const bounds = { signal: lease.signal, ...(paced.writes ? { retries: 0 } : {}) };
    try {
      // In place: what is handed to `request` does not reach the hooks below this one, and with them neither retries nor `fetch`.
      options.request = { ...options.request, ...bounds };
      const answer = await request(options);
      pace.seen(installationId, answer.headers);
      return whole(answer);
    } catch (error) {
      lease.signal.throwIfAborted();
      pace.seen(installationId, valueAt(error, 'response', 'headers'));
      const known = toGitHubError(error, now());
      // A new token, asked for while one is being asked for, would wait for itself (@octokit/auth-app asks once for all).
      if (known.kind === 'unauthorised' && !asksForToken(options)) await renewToken(octokit, installationId);
      throw known;
    }
  });
  return octokit;
}

/**
 * Puts the pace on a client that belongs to no job, and makes it throw `GitHubError`s.
 * @param context `installationId`: 0 for the app itself; `background`: nobody waits for what it does
 */
export function guardIdle(
  octokit: Octokit,
  { installationId, background, pace, now }: Omit<GuardContext, 'lease'> & { readonly background: boolean },
): Octokit {
  octokit.hook.wrap('request', async (request, options) => {
    await pace.turn(installationId, pacedRequest(options, background));
    try {
      const answer = await request(options);
      pace.seen(installationId, answer.headers);
      return whole(answer);
    } catch (error) {
      pace.seen(installationId, valueAt(error, 'response', 'headers'));
      throw toGitHubError(error, now());
    }
  });
  return octokit;
}

/** Octokit hands out JSON that it can't parse as the text that it is, as if that were the answer. */
function whole<Answer extends { readonly data?: unknown; readonly headers: { readonly 'content-type'?: string } }>(
  answer: Answer,
): Answer {
  const isText = typeof answer.data === 'string' && answer.data !== '';
  if (!isText || !answer.headers['content-type']?.includes('json')) return answer;
  throw new GitHubError('unavailable', 'GitHub sent an answer that is no JSON.');
}

interface RequestOptions {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}

function pacedRequest(options: RequestOptions, background: boolean): PacedRequest {
  const resource = options.url.endsWith('/graphql') ? 'graphql' : 'core';
  return { resource, writes: isWrite(options), createsContent: createsContent(options.url), background };
}

function isWrite(options: RequestOptions): boolean {
  if (options.method === 'GET' || options.method === 'HEAD') return false;
  if (!options.url.endsWith('/graphql')) return true;
  return String(options.query).trimStart().startsWith('mutation');
}

function asksForToken({ url }: RequestOptions): boolean {
  return url.endsWith('/access_tokens');
}

/** Comments, reviews and issues; check runs are not content in GitHub's sense. */
function createsContent(url: string): boolean {
  return /\/(?:comments|replies|reviews|issues)$/.test(url);
}

/** The token that Octokit keeps for an hour was refused; the next try starts with a new one. */
async function renewToken(octokit: Octokit, installationId: number): Promise<void> {
  await octokit.auth({ type: 'installation', installationId, refresh: true }).catch(() => {});
}

/** An answer to a GraphQL query: the data that came, and what is wrong with the parts that did not. */
export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly { readonly kind: string; readonly path: string; readonly message: string }[];
}

/**
 * Sends a GraphQL document through a guarded client. Errors beside data come back with the data: whoever asks decides
 * which part he can do without. Without any data they are thrown as `GitHubError`.
 */
export async function query(
  octokit: Octokit,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  now: () => number,
): Promise<GraphqlAnswer> {
  try {
    const data = await octokit.graphql(document, variables);
    if (!data) throw new GitHubError('unavailable', 'GitHub answered a GraphQL query with nothing.');
    return { data, errors: [] };
  } catch (error) {
    const known = toGitHubError(error, now());
    const data = valueAt(error, 'data');
    const limited = isGitHubError(known, 'rate_limited', 'limit_exceeded');
    if (limited || typeof data !== 'object' || data === null) throw known;
    const errors = listAt(error, 'errors').map((part) => ({
      kind: textAt(part, 'type') ?? '',
      path: listAt(part, 'path').join('.'),
      message: textAt(part, 'message') ?? '',
    }));
    return { data, errors };
  }
}

/**
 * To be spread into a request whose answer may be large: the body then comes as it is, to be read by `plainJson`. Octokit looks at every value
 * of every answer for integers that JavaScript can't hold, at several times the time and memory of parsing; git objects and files have none.
 */
export const AS_STREAM = { request: { parseSuccessResponseBody: false } } as const;

/** The JSON of an answer to a request made `AS_STREAM`. Throws `unavailable` where it is none. */
export async function plainJson<T>({ data }: { readonly data: T }): Promise<T> {
  try {
    return (await new Response(data as unknown as ReadableStream).json()) as T;
  } catch (cause) {
    throw new GitHubError('unavailable', 'GitHub sent an answer that is no JSON.', { cause });
  }
}
