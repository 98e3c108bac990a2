/**
 * What went wrong between us and GitHub, by what has to be done about it.
 *
 * - `unavailable`: their fault or the network's; try again later.
 * - `rate_limited`: try again at `until`, the whole installation.
 * - `unauthorised`: the token ran out or was revoked; try again with a new one.
 * - `gone`: repository, installation, pull request or object is not there (any more), or hidden from us.
 * - `forbidden`: the installation lacks a permission.
 * - `conflict`: the state changed under us; read it again.
 * - `refused`: GitHub finds our request invalid.
 * - `limit_exceeded`: the request asks for too much at once; ask for less.
 * - `not_modified`: what the ETag stands for is still current.
 */
export type GitHubErrorKind =
  | 'unavailable'
  | 'rate_limited'
  | 'unauthorised'
  | 'gone'
  | 'forbidden'
  | 'conflict'
  | 'refused'
  | 'limit_exceeded'
  | 'not_modified';

export interface GitHubErrorDetails {
  readonly cause?: unknown;
  /** HTTP status; absent where there was no answer. */
  readonly status?: number;
}

export class GitHubError extends Error {
  readonly kind: GitHubErrorKind;
  readonly status: number | undefined;

  constructor(kind: GitHubErrorKind, message: string, details: GitHubErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'GitHubError';
    this.kind = kind;
    this.status = details.status;
  }
}

/** GitHub asks us to come back at `until` (milliseconds since the epoch). Never waited for in the process. */
export class RateLimited extends GitHubError {
  readonly until: number;

  constructor(until: number, message: string, details: GitHubErrorDetails = {}) {
    super('rate_limited', message, details);
    this.name = 'RateLimited';
    this.until = until;
  }
}

/** Whether an error is a `GitHubError` of one of these kinds. */
export function isGitHubError(error: unknown, ...kinds: readonly GitHubErrorKind[]): error is GitHubError {
  return error instanceof GitHubError && (kinds.length === 0 || kinds.includes(error.kind));
}
