import type { Evaluated, Lease } from '../store/lease.ts';
import type { Job, Mark } from '../store/ports.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { isGitHubError } from './github-error.ts';
import type { Octokit } from './octokit.ts';
import { quietRepositories } from './quiet-repositories.ts';
import type { RepositoryAddress } from './read-state.ts';

const PER_PAGE = 100;

/** A repository with more open pull requests than that gets the newest; the sweep finds the others. */
const MAX_PAGES = 50;

type Scope = Mark['scope'];

/** An open pull request as a list shows it. */
export interface ListedPullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
}

/** Turns a mark that stands for many into marks of its own for each pull request; a repository that is gone has none. */
export async function fanOut(deps: EvaluateDeps, job: Job, lease: Lease): Promise<Evaluated> {
  const { scope, installationId, repositoryId } = job.mark;
  const octokit = await deps.connect(installationId, lease);
  try {
    const marks =
      scope.kind === 'installation'
        ? await repositoriesOf(deps, octokit, installationId)
        : await pullRequestsOf(deps, job, octokit, await deps.names.addressOf(installationId, repositoryId));
    await deps.queue.mark(marks, deps.now());
  } catch (error) {
    if (!isGitHubError(error, 'gone')) throw error;
  }
  return { handledHints: job.hints.map(({ id }) => id) };
}

/** The repositories that have something to judge; an installation may have thousands that have not. */
async function repositoriesOf(deps: EvaluateDeps, octokit: Octokit, installationId: number): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await octokit.rest.apps.listReposAccessibleToInstallation({ per_page: PER_PAGE, page });
    const repositories = data.repositories.filter(({ archived }) => !archived);
    await deps.names.learn(new Map(repositories.map(({ id, full_name }) => [id, full_name])));
    const quiet = await quietRepositories(octokit, repositories, deps.now);
    for (const { id } of repositories) {
      if (!quiet.has(id))
        marks.push({ installationId, repositoryId: id, scope: { kind: 'repository' }, background: true });
    }
    if (data.repositories.length < PER_PAGE) return marks;
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
  const { pulls } = await openPullRequests(octokit, address, only).catch(async (error: unknown) => {
    if (!isGitHubError(error, 'gone')) throw error;
    return openPullRequests(octokit, await deps.names.askAgain(installationId, repositoryId), only);
  });
  return pulls.filter(isWithin(scope)).map(({ number }) => ({
    installationId,
    repositoryId,
    scope: { kind: 'pull_request', number },
    ...(fresh ? { fresh } : { background: true }),
  }));
}

function isWithin(scope: Scope): (pull: ListedPullRequest) => boolean {
  return ({ headSha }) => scope.kind !== 'head' || headSha === scope.sha;
}

/**
 * Lists a repository's open pull requests, the last changed first.
 * @param only `base`: those into that branch; `etag`: of the first page as it was, throws `not_modified` while it still is
 */
export async function openPullRequests(
  octokit: Octokit,
  { owner, name }: RepositoryAddress,
  only: { readonly base?: string; readonly etag?: string } = {},
): Promise<{ readonly pulls: readonly ListedPullRequest[]; readonly etag: string }> {
  const pulls: ListedPullRequest[] = [];
  let etag = '';
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data, headers } = await octokit.rest.pulls.list({
      owner,
      repo: name,
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: PER_PAGE,
      page,
      ...(only.base === undefined ? {} : { base: only.base }),
      ...(only.etag && page === 1 ? { headers: { 'if-none-match': only.etag } } : {}),
    });
    if (page === 1) etag = headers.etag ?? '';
    pulls.push(...data.map((pull) => ({ number: pull.number, headSha: pull.head.sha, baseRef: pull.base.ref })));
    if (data.length < PER_PAGE) break;
  }
  return { pulls, etag };
}
