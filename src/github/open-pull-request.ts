import type { Lease } from '../store/lease.ts';
import type { Job } from '../store/ports.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { type MemoStore, openMemo } from './evaluation-memo.ts';
import { GitHubError, isGitHubError } from './github-error.ts';
import { type ObjectReads, objectReads } from './object-reads.ts';
import type { Octokit } from './octokit.ts';
import { isOutOfPatience } from './patience.ts';
import { type CheckRunSubject, type CheckRunWrites, stuckRuns, superseded } from './publish-check-run.ts';
import type { PullRequestState, RepositoryName } from './pull-request-state.ts';
import { type RepositoryAddress, readCommitState, readPullRequestState } from './read-state.ts';
import { checkRunWrites } from './repository-writes.ts';

/** A client of one repository for one job. */
export interface OpenRepository {
  readonly octokit: Octokit;
  readonly reads: ObjectReads;
  readonly runs: CheckRunWrites;
}

/** A pull request under evaluation: what it is now, what the last evaluation left, and the ways to read and write. */
export interface OpenPullRequest extends OpenRepository {
  readonly deps: EvaluateDeps;
  readonly job: Job;
  readonly state: PullRequestState;
  readonly store: MemoStore;
  readonly subject: CheckRunSubject;
}

/**
 * Connects to a repository by its id and reads something of it, by the name known so far, and once more by the present
 * name where that one was wrong. Undefined where it is gone.
 */
export async function openRepository<T extends { readonly repository: RepositoryName }>(
  deps: EvaluateDeps,
  job: Job,
  lease: Lease,
  read: (octokit: Octokit, address: RepositoryAddress) => Promise<T>,
): Promise<(OpenRepository & { readonly state: T }) | undefined> {
  const { installationId, repositoryId } = job.mark;
  const octokit = await deps.connect(installationId, lease);
  async function tryWith(address: RepositoryAddress) {
    const state = await read(octokit, address);
    // Another repository has taken the name.
    if (state.repository.id !== repositoryId)
      throw new GitHubError('gone', `${address.name} is another repository now.`);
    // By its present name: a former one costs a redirection with every request.
    const { repository } = state;
    return {
      octokit,
      state,
      reads: objectReads(octokit, repository, deps.now),
      runs: checkRunWrites(octokit, repository),
    };
  }
  try {
    return await tryWith(await deps.names.addressOf(job.mark)).catch(async (error: unknown) => {
      if (!isGitHubError(error, 'gone')) throw error;
      return tryWith(await deps.names.askAgain(installationId, repositoryId));
    });
  } catch (error) {
    // GitHub may not find for a moment what was opened just now: it is asked again before it is taken to be gone.
    if (isGitHubError(error, 'gone') && isOutOfPatience(job)) return undefined;
    throw error;
  }
}

/** Opens a pull request for evaluation; undefined where it, its repository or the installation is gone. */
export async function openPullRequest(
  deps: EvaluateDeps,
  job: Job,
  lease: Lease,
  number: number,
): Promise<OpenPullRequest | undefined> {
  const opened = await openRepository(deps, job, lease, (octokit, address) =>
    readPullRequestState(octokit, address, number, deps),
  );
  const { repositoryId } = job.mark;
  const store = await openMemo(deps.state, { repositoryId, pullRequest: number, name: '' }, deps.now);
  if (!opened) {
    await store.remove();
    return undefined;
  }
  const { headSha, baseRef } = opened.state;
  return { ...opened, deps, job, store, subject: { repositoryId, subject: number, headSha, base: baseRef } };
}

/** Closes runs that an earlier evaluation left in progress on a head that is no longer the pull request's. */
export async function closeAbandonedRuns(open: OpenPullRequest): Promise<void> {
  const { deps, octokit, runs, state, store, subject } = open;
  const headSha = store.memo.started?.headSha;
  if (headSha === undefined || headSha === subject.headSha) return;
  try {
    const commits = { head: headSha, base: headSha };
    const { checkRuns } = await readCommitState(octokit, state.repository, commits, deps);
    const abandoned = { ...subject, headSha };
    for (const id of stuckRuns(checkRuns, deps.appId, abandoned, undefined)) {
      await runs.updateCheckRun(id, superseded(abandoned));
    }
  } catch (error) {
    if (!isGitHubError(error, 'gone', 'refused')) throw error;
  }
  const { started: _, ...memo } = store.memo;
  await store.write(memo);
}
