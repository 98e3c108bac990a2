/**
 * The one name of our check run. Required checks are configured by name, so it never changes.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
export const CHECK_NAME = 'Sightline';

/** What a check run of ours was made for. Checks hang on commits, so the run itself has to say for which pull request it speaks. */
export interface CheckRunIdentity {
  readonly repositoryId: number;
  /** The pull request, or `merge_group`; then `base` is the group's base commit. */
  readonly subject: number | 'merge_group';
  readonly headSha: string;
  /** The base branch, or the base commit of a merge group. */
  readonly base: string;
  /** Digest of what the run says, `pending` until it says something. */
  readonly digest: string;
}

const VERSION = 'v1';

/**
 * Writes the identity as a check run's `external_id`: `v1:<repository id>:<pull request>:<head commit>:<base branch>:<digest>`.
 * A git reference can't contain a colon (https://git-scm.com/docs/git-check-ref-format), so the parts can't be confused.
 */
export function formatIdentity(identity: CheckRunIdentity): string {
  const { repositoryId, subject, headSha, base, digest } = identity;
  return [VERSION, repositoryId, subject, headSha, base, digest].join(':');
}

/** Reads an `external_id`; undefined where it is not one of ours. */
export function parseIdentity(externalId: string | null | undefined): CheckRunIdentity | undefined {
  const parts = (externalId ?? '').split(':');
  const [version, repository, subject, headSha, base, digest] = parts;
  if (parts.length !== 6 || version !== VERSION || !headSha || !base || !digest) return undefined;
  const repositoryId = Number(repository);
  if (!Number.isSafeInteger(repositoryId) || repositoryId <= 0) return undefined;
  if (subject === 'merge_group') return { repositoryId, subject, headSha, base, digest };
  const number = Number(subject);
  if (!Number.isSafeInteger(number) || number <= 0) return undefined;
  return { repositoryId, subject: number, headSha, base, digest };
}
