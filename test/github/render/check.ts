import type { Annotation, CheckRun, CheckSuite } from '../check-state.ts';
import type { Repository } from '../state.ts';
import { fullName, getApp, type World } from '../world.ts';
import { renderApp } from './app.ts';
import { renderSimpleCommit } from './commit.ts';
import { api, page, time, timeOrNull } from './common.ts';
import { renderPullRequestsOf } from './pull-request.ts';
import { renderRepository } from './repository.ts';

/** A check run (`check-run`). `pull_requests` is empty for forks, as on GitHub. */
export function renderCheckRun(world: World, repository: Repository, run: CheckRun) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/check-runs/${run.id}`);
  return {
    id: run.id,
    node_id: run.nodeId,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page(world, `/${name}/runs/${run.id}`),
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: time(run.startedAt),
    completed_at: timeOrNull(run.completedAt),
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suiteId },
    app: renderApp(world, getApp(world, run.appId)),
    pull_requests: renderPullRequestsOf(world, repository, run.headSha),
  };
}

export function renderAnnotation(world: World, repository: Repository, run: CheckRun, annotation: Annotation) {
  return {
    path: annotation.path,
    blob_href: page(world, `/${fullName(world, repository)}/blob/${run.headSha}/${annotation.path}`),
    start_line: annotation.start_line,
    start_column: annotation.start_column ?? null,
    end_line: annotation.end_line,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}

/** The runs of a suite. */
export function listRuns(repository: Repository, suite: CheckSuite): CheckRun[] {
  return [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
}

const WORST_FIRST = [
  'action_required',
  'timed_out',
  'cancelled',
  'failure',
  'stale',
  'success',
  'neutral',
  'skipped',
] as const;

/** What a suite's runs come to: its status, and the worst conclusion once all are completed. */
export function summariseSuite(repository: Repository, suite: CheckSuite) {
  const runs = listRuns(repository, suite);
  if (runs.length === 0) return { status: 'queued', conclusion: null } as const;
  if (runs.some((run) => run.status !== 'completed')) return { status: 'in_progress', conclusion: null } as const;
  const conclusion = WORST_FIRST.find((candidate) => runs.some((run) => run.conclusion === candidate)) ?? null;
  return { status: 'completed', conclusion } as const;
}

/** A check suite with what webhooks and lists have in common. */
export function renderSuiteCore(world: World, repository: Repository, suite: CheckSuite) {
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...summariseSuite(repository, suite),
    url: api(world, `/repos/${fullName(world, repository)}/check-suites/${suite.id}`),
    before: null,
    after: suite.headSha,
    pull_requests: renderPullRequestsOf(world, repository, suite.headSha),
    app: renderApp(world, getApp(world, suite.appId)),
    created_at: time(suite.createdAt),
    updated_at: time(suite.updatedAt),
  };
}

/** A check suite's own page of the API (`check-suite`). */
export function renderCheckSuite(world: World, repository: Repository, suite: CheckSuite) {
  const commit = repository.store.commits.get(suite.headSha);
  return {
    ...renderSuiteCore(world, repository, suite),
    repository: renderRepository(world, repository),
    head_commit: commit === undefined ? null : renderSimpleCommit(commit),
    latest_check_runs_count: listRuns(repository, suite).length,
    check_runs_url: api(world, `/repos/${fullName(world, repository)}/check-suites/${suite.id}/check-runs`),
  };
}
