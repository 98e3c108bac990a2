import type { Evaluated, Lease } from '../store/lease.ts';
import type { Job, Mark } from '../store/ports.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { isGitHubError } from './github-error.ts';
import type { Octokit } from './octokit.ts';
import { type ListedPullRequest, openPullRequests, openPullRequestsOfInstallation } from './open-pull-requests.ts';
import { isOutOfPatience } from './patience.ts';
import type { RepositoryAddress } from './read-state.ts';

type Scope = Mark['scope'];

/** Turns a mark that stands for many into marks of its own for each pull request; a repository that is gone has none. */
export async function fanOut(deps: EvaluateDeps, job: Job, lease: Lease): Promise<Evaluated> {
  const { scope, installationId } = job.mark;
  const octokit = await deps.connect(installationId, lease);
  try {
    if (scope.kind === 'installation') await markInstallation(deps, installationId, octokit);
    else {
      const address = await deps.names.addressOf(job.mark);
      await deps.queue.mark(await pullRequestsOf(deps, job, octokit, address), deps.now());
    }
  } catch (error) {
    // What an installation has is asked for again before it is taken to be gone: all of its pull requests hang on it.
    const mayBeThere = scope.kind === 'installation' && !isOutOfPatience(job);
    if (mayBeThere || !isGitHubError(error, 'gone')) throw error;
  }
  return { handledHints: job.hints.map(({ id }) => id) };
}

/** Page by page, so that the first are worked on while the others are looked for. */
async function markInstallation(deps: EvaluateDeps, installationId: number, octokit: Octokit): Promise<void> {
  for await (const { repository, pulls } of openPullRequestsOfInstallation(octokit, deps.now)) {
    const marks = pulls.map(
      ({ number }): Mark => ({
        installationId,
        repositoryId: repository.id,
        repositoryName: `${repository.owner}/${repository.name}`,
        scope: { kind: 'pull_request', number },
        background: true,
      }),
    );
    await deps.queue.mark(marks, deps.now());
  }
}

async function pullRequestsOf(
  deps: EvaluateDeps,
  job: Job,
  octokit: Octokit,
  address: RepositoryAddress,
): Promise<readonly Mark[]> {
  const { installationId, repositoryId, scope, fresh } = job.mark;
  const only = scope.kind === 'branch' ? { base: scope.ref } : {};
  const pulls = await openPullRequests(octokit, address, only).catch(async (error: unknown) => {
    if (!isGitHubError(error, 'gone')) throw error;
    return openPullRequests(octokit, await deps.names.askAgain(installationId, repositoryId), only);
  });
  return pulls.filter(isWithin(scope)).map(({ number }) => ({
    installationId,
    repositoryId,
    repositoryName: `${address.owner}/${address.name}`,
    scope: { kind: 'pull_request', number },
    ...(fresh ? { fresh } : { background: true }),
  }));
}

function isWithin(scope: Scope): (pull: ListedPullRequest) => boolean {
  return ({ headSha }) => scope.kind !== 'head' || headSha === scope.sha;
}
