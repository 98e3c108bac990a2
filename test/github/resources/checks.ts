import { ensureSuite, tellOfSuite } from '../actions/check-suites.ts';
import { type CheckRunWish, createCheckRun, rerequestRun, updateCheckRun } from '../actions/checks.ts';
import { accountOf } from '../actor.ts';
import type { CheckRun, CheckSuite } from '../check-state.ts';
import { listRuns, renderAnnotation, renderCheckRun, renderCheckSuite } from '../render/check.ts';
import { created, notAccessible, notFound, ok, unprocessable } from '../reply.ts';
import { type Call, numberOf, pageOf, paginate, type Route, reads, repositoryOf, textOf, writes } from '../route.ts';
import { resolveCommit } from '../world.ts';

/** Only apps write checks: https://docs.github.com/en/rest/checks/runs */
function appIdOf({ actor }: Call): number {
  if (actor.kind !== 'installation') throw notAccessible();
  return actor.app.id;
}

function runOf(call: Call): CheckRun {
  const run = repositoryOf(call).checkRuns.get(numberOf(call, 'check_run_id'));
  if (run === undefined) throw notFound();
  return run;
}

function suiteOf(call: Call): CheckSuite {
  const suite = repositoryOf(call).checkSuites.get(numberOf(call, 'check_suite_id'));
  if (suite === undefined) throw notFound();
  return suite;
}

function commitOf(call: Call): string {
  const sha = resolveCommit(repositoryOf(call), textOf(call, 'ref'));
  if (sha === undefined) throw unprocessable(`No commit found for SHA: ${textOf(call, 'ref')}`);
  return sha;
}

/** By name and status; `filter=latest` (the default) keeps the newest run of each name and app. */
function listFiltered(call: Call, runs: readonly CheckRun[]) {
  const { check_name, status, filter = 'latest', app_id } = call.query;
  const newestFirst = [...runs].sort((a, b) => b.startedAt - a.startedAt || b.id - a.id);
  const wanted = newestFirst.filter((run, index) => {
    const newest = newestFirst.findIndex((other) => other.name === run.name && other.appId === run.appId) === index;
    return (
      (filter === 'all' || newest) &&
      (check_name === undefined || run.name === check_name) &&
      (status === undefined || run.status === status) &&
      (app_id === undefined || run.appId === Number(app_id))
    );
  });
  const { page, perPage, headers } = pageOf(call, wanted.length);
  const shown = wanted.slice((page - 1) * perPage, page * perPage);
  const check_runs = shown.map((run) => renderCheckRun(call.world, repositoryOf(call), run));
  return ok({ total_count: wanted.length, check_runs }, headers);
}

function listSuites(call: Call) {
  const repository = repositoryOf(call);
  const sha = commitOf(call);
  const { app_id, check_name } = call.query;
  const wanted = [...repository.checkSuites.values()].filter(
    (suite) =>
      suite.headSha === sha &&
      (app_id === undefined || suite.appId === Number(app_id)) &&
      (check_name === undefined || listRuns(repository, suite).some((run) => run.name === check_name)),
  );
  const { page, perPage, headers } = pageOf(call, wanted.length);
  const shown = wanted.slice((page - 1) * perPage, page * perPage);
  const check_suites = shown.map((suite) => renderCheckSuite(call.world, repository, suite));
  return ok({ total_count: wanted.length, check_suites }, headers);
}

function createSuite(call: Call) {
  const repository = repositoryOf(call);
  const { head_sha } = call.body as { head_sha: string };
  if (!repository.store.commits.has(head_sha)) throw unprocessable(`No commit found for SHA: ${head_sha}`);
  const before = repository.checkSuites.size;
  const suite = ensureSuite(call.world, repository, appIdOf(call), head_sha);
  return {
    status: repository.checkSuites.size > before ? 201 : 200,
    body: renderCheckSuite(call.world, repository, suite),
  };
}

export const checks: readonly Route[] = [
  {
    operation: 'checks/create',
    needs: writes('checks'),
    handle: (call) => {
      const wish = call.body as unknown as CheckRunWish & { readonly name: string; readonly head_sha: string };
      const run = createCheckRun(call.world, repositoryOf(call), appIdOf(call), wish.head_sha, wish);
      return created(renderCheckRun(call.world, repositoryOf(call), run));
    },
  },
  {
    operation: 'checks/update',
    needs: writes('checks'),
    handle: (call) => {
      const run = runOf(call);
      updateCheckRun(call.world, repositoryOf(call), appIdOf(call), run, call.body as CheckRunWish);
      return ok(renderCheckRun(call.world, repositoryOf(call), run));
    },
  },
  {
    operation: 'checks/get',
    needs: reads('checks'),
    handle: (call) => ok(renderCheckRun(call.world, repositoryOf(call), runOf(call))),
  },
  {
    operation: 'checks/list-annotations',
    needs: reads('checks'),
    handle: (call) => {
      const run = runOf(call);
      return paginate(call, run.annotations, (one) => renderAnnotation(call.world, repositoryOf(call), run, one));
    },
  },
  {
    operation: 'checks/rerequest-run',
    needs: writes('checks'),
    handle: (call) => {
      rerequestRun(call.world, repositoryOf(call), runOf(call), accountOf(call.actor).accountId);
      return created({});
    },
  },
  {
    operation: 'checks/list-for-ref',
    needs: reads('checks'),
    handle: (call) => {
      const sha = commitOf(call);
      return listFiltered(
        call,
        [...repositoryOf(call).checkRuns.values()].filter((run) => run.headSha === sha),
      );
    },
  },
  {
    operation: 'checks/list-for-suite',
    needs: reads('checks'),
    handle: (call) => listFiltered(call, listRuns(repositoryOf(call), suiteOf(call))),
  },
  { operation: 'checks/create-suite', needs: writes('checks'), handle: createSuite },
  {
    operation: 'checks/get-suite',
    needs: reads('checks'),
    handle: (call) => ok(renderCheckSuite(call.world, repositoryOf(call), suiteOf(call))),
  },
  {
    operation: 'checks/rerequest-suite',
    needs: writes('checks'),
    handle: (call) => {
      tellOfSuite(call.world, repositoryOf(call), suiteOf(call), 'rerequested', accountOf(call.actor).accountId);
      return created({});
    },
  },
  { operation: 'checks/list-suites-for-ref', needs: reads('checks'), handle: listSuites },
];
