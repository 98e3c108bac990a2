import type { z } from 'zod';
import { CHECK_NAME } from './check-run-identity.ts';
import { GitHubError } from './github-error.ts';
import { type Octokit, query } from './octokit.ts';
import type { CheckRunSeen } from './pull-request-state.ts';
import { MORE_CHECK_RUNS, MORE_SAME_HEAD } from './queries.ts';
import type { RepositoryAddress } from './read-state.ts';
import { checkRunsAnswer, type checks, sameHeadAnswer } from './state-shapes.ts';

/** Who asks: our app's id and a clock, in milliseconds since the epoch. */
export interface Asker {
  readonly appId: number;
  readonly now: () => number;
}

type Checks = z.infer<typeof checks>;
type SameHead = z.infer<typeof sameHeadAnswer>['nodes'][number];
type Run = z.infer<typeof checkRunsAnswer>['nodes'][number];

/** Another pull request that a commit is on, or was. */
export interface SameHeadSeen {
  readonly number: number;
  readonly open: boolean;
  readonly headSha: string;
  readonly repositoryId: number | undefined;
}

/** GitHub keeps a thousand runs of one name in a suite: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const MAX_PAGES = 10;

/** Our runs of our name on a commit, all of them: the newest decide, and their order is not documented. */
export async function ownCheckRuns(
  octokit: Octokit,
  { ownSuites }: Checks,
  asker: Asker,
): Promise<readonly CheckRunSeen[]> {
  const runs: Run[] = [];
  for (const { id, checkRuns } of ownSuites?.nodes ?? []) {
    if (!checkRuns) continue;
    runs.push(
      ...(await allOf(checkRuns, async (after) => {
        const { data } = await query(octokit, MORE_CHECK_RUNS, { suite: id, checkName: CHECK_NAME, after }, asker.now);
        return checkRunsAnswer.safeParse(data).data;
      })),
    );
  }
  return runs.map((run) => seen(run, asker.appId));
}

/** The pull requests that a commit is on. A commit on more than can be listed is not judged: one that was left out may forbid what the others allow. */
export async function samePullRequests(
  octokit: Octokit,
  address: RepositoryAddress,
  { oid, associatedPullRequests }: Checks,
  { now }: Asker,
): Promise<readonly SameHeadSeen[]> {
  if (!associatedPullRequests) return [];
  const all: readonly SameHead[] = await allOf(associatedPullRequests, async (after) => {
    const { data } = await query(octokit, MORE_SAME_HEAD, { ...address, oid, after }, now);
    return sameHeadAnswer.safeParse(data).data;
  });
  return all.map(({ number, state, headRefOid, repository }) => ({
    number,
    open: state === 'OPEN',
    headSha: headRefOid,
    repositoryId: repository?.databaseId,
  }));
}

/** Slugs of the apps other than ours that set a check of our name on a commit. */
export function foreignApps({ checkSuites }: Checks, appId: number): readonly string[] {
  const apps = (checkSuites?.nodes ?? []).flatMap(({ app }) => (app && app.databaseId !== appId ? [app.slug] : []));
  return [...new Set(apps)].sort();
}

interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
  readonly nodes: readonly T[];
}

/** All nodes of a list whose first page is there. Throws `unavailable` where GitHub does not give them all. */
async function allOf<T>(first: Page<T>, more: (after: string) => Promise<Page<T> | undefined>): Promise<readonly T[]> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  for (let page = 2; pageInfo.hasNextPage; page += 1) {
    const next = page <= MAX_PAGES && pageInfo.endCursor ? await more(pageInfo.endCursor) : undefined;
    if (!next) throw new GitHubError('unavailable', 'GitHub did not list everything that hangs on the head commit.');
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  return nodes;
}

function seen(run: Run, appId: number): CheckRunSeen {
  return {
    id: run.databaseId ?? trailingNumber(run.resourcePath),
    appId,
    externalId: run.externalId ?? '',
    completed: run.status === 'COMPLETED',
    ...(run.conclusion ? { conclusion: run.conclusion.toLowerCase() } : {}),
    startedAt: run.startedAt ?? '',
    annotationCount: run.annotations?.totalCount ?? 0,
  };
}

function trailingNumber(path: string | null | undefined): number | undefined {
  const number = Number((path ?? '').split('/').at(-1));
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
