import { isGitHubError } from './github-error.ts';
import { AS_STREAM, type Octokit, plainJson, query } from './octokit.ts';
import { OPEN_PER_REPOSITORY, OPEN_PULL_REQUESTS } from './queries.ts';
import type { RepositoryAddress } from './read-state.ts';
import { openPullRequestsAnswer } from './state-shapes.ts';

const PER_PAGE = 100;

/** A repository with more open pull requests than that gets the newest; the sweep finds the others. */
const MAX_PAGES = 50;

/** An open pull request as a list shows it. */
export interface ListedPullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
}

/** Lists a repository's open pull requests, the last changed first. `base`: only those into that branch. */
export async function openPullRequests(
  octokit: Octokit,
  { owner, name }: RepositoryAddress,
  only: { readonly base?: string } = {},
): Promise<readonly ListedPullRequest[]> {
  const pulls: ListedPullRequest[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await octokit.rest.pulls.list({
      owner,
      repo: name,
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: PER_PAGE,
      page,
      ...only,
    });
    pulls.push(...data.map((pull) => ({ number: pull.number, headSha: pull.head.sha, baseRef: pull.base.ref })));
    if (data.length < PER_PAGE) break;
  }
  return pulls;
}

/** A repository of an installation, as a list shows it. */
export interface ListedRepository extends RepositoryAddress {
  readonly id: number;
  readonly nodeId: string;
}

/** What a merge queue has built and waits with for checks. */
export interface ListedMergeGroup {
  readonly headSha: string;
  readonly baseSha: string;
}

export interface OpenOfRepository {
  readonly repository: ListedRepository;
  readonly pulls: readonly ListedPullRequest[];
  readonly groups: readonly ListedMergeGroup[];
}

/**
 * The open pull requests of all repositories of an installation that has any; archived ones are left out. Costs a request for
 * a hundred repositories, and another for each hundred of those that have open pull requests or issues.
 */
export async function* openPullRequestsOfInstallation(
  octokit: Octokit,
  now: () => number,
): AsyncGenerator<OpenOfRepository> {
  let waiting: ListedRepository[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await octokit.rest.apps.listReposAccessibleToInstallation({
      per_page: PER_PAGE,
      page,
      ...AS_STREAM,
    });
    const { repositories } = await plainJson(answer);
    for (const { id, node_id, name, owner, archived, open_issues_count } of repositories) {
      // GitHub counts pull requests among the issues here.
      if (!archived && open_issues_count > 0) waiting.push({ id, nodeId: node_id, name, owner: owner.login });
    }
    const isLast = repositories.length < PER_PAGE;
    while (waiting.length >= PER_PAGE || (isLast && waiting.length > 0)) {
      yield* openAmong(octokit, waiting.slice(0, PER_PAGE), now);
      waiting = waiting.slice(PER_PAGE);
    }
    if (isLast) return;
  }
}

async function* openAmong(
  octokit: Octokit,
  repositories: readonly ListedRepository[],
  now: () => number,
): AsyncGenerator<OpenOfRepository> {
  const found = new Map((await ask(octokit, repositories, now)).map((one) => [one?.databaseId, one?.pullRequests]));
  for (const repository of repositories) {
    const open = found.get(repository.id);
    if (open?.totalCount === 0) continue;
    // What GitHub did not say by one way, or not whole, it is asked by the other.
    const isWhole = open !== undefined && open.totalCount <= OPEN_PER_REPOSITORY;
    const pulls = isWhole ? open.nodes.map(listed) : await openPullRequests(octokit, repository).catch(noneIfHidden);
    yield { repository, pulls, groups: groupsOf(open?.nodes ?? []) };
  }
}

function listed({ number, headRefOid, baseRefName }: Listed): ListedPullRequest {
  return { number, headSha: headRefOid, baseRef: baseRefName };
}

/** Pull requests that are merged together share one. */
function groupsOf(pulls: readonly Listed[]): readonly ListedMergeGroup[] {
  const entries = pulls.flatMap(({ mergeQueueEntry }) => mergeQueueEntry ?? []);
  const byHead = new Map(
    entries.map(({ headCommit, baseCommit }) => [headCommit.oid, { headSha: headCommit.oid, baseSha: baseCommit.oid }]),
  );
  return [...byHead.values()];
}

function noneIfHidden(error: unknown): readonly ListedPullRequest[] {
  if (isGitHubError(error, 'gone', 'forbidden')) return [];
  throw error;
}

type Found = (typeof openPullRequestsAnswer)['_output']['nodes'];
type Listed = NonNullable<Found[number]>['pullRequests']['nodes'][number];

/** What is gone meanwhile is null. Asked in halves where it was too much at once. */
async function ask(octokit: Octokit, repositories: readonly ListedRepository[], now: () => number): Promise<Found> {
  try {
    const ids = repositories.map(({ nodeId }) => nodeId);
    const { data } = await query(octokit, OPEN_PULL_REQUESTS, { ids }, now);
    return openPullRequestsAnswer.parse(data).nodes;
  } catch (error) {
    if (!isGitHubError(error, 'limit_exceeded') || repositories.length === 1) throw error;
    const half = Math.ceil(repositories.length / 2);
    return [
      ...(await ask(octokit, repositories.slice(0, half), now)),
      ...(await ask(octokit, repositories.slice(half), now)),
    ];
  }
}
