import type { CheckSuite } from '../check-state.ts';
import { renderSuiteCore } from '../render/check.ts';
import { renderSimpleCommit } from '../render/commit.ts';
import { api } from '../render/common.ts';
import type { Repository } from '../state.ts';
import { fullName, getApp, installationHas, nextIdentity, type World } from '../world.ts';

/** The suite of an app on a commit, made where there is none. */
export function ensureSuite(world: World, repository: Repository, appId: number, headSha: string): CheckSuite {
  const known = [...repository.checkSuites.values()].find(
    (suite) => suite.appId === appId && suite.headSha === headSha,
  );
  if (known !== undefined) return known;
  const branch = [...repository.refs].find(([ref, sha]) => ref.startsWith('refs/heads/') && sha === headSha)?.[0];
  const suite: CheckSuite = {
    ...nextIdentity(world, 'CheckSuite', 'CS', repository.id),
    appId,
    headSha,
    headBranch: branch?.slice('refs/heads/'.length) ?? null,
    createdAt: world.clock(),
    updatedAt: world.clock(),
  };
  repository.checkSuites.set(suite.id, suite);
  return suite;
}

/** After a push GitHub makes a suite for every app that may write checks, and asks it to fill it. */
export function requestSuites(
  world: World,
  repository: Repository,
  sha: string,
  _branch: string,
  senderId: number,
): void {
  for (const installation of world.installations.values()) {
    if (!installationHas(installation, repository) || installation.permissions.checks !== 'write') continue;
    const suite = ensureSuite(world, repository, installation.appId, sha);
    tellOfSuite(world, repository, suite, 'requested', senderId);
  }
}

/** `requested` and `rerequested` reach only the suite's own app, `completed` everybody. */
export function tellOfSuite(
  world: World,
  repository: Repository,
  suite: CheckSuite,
  action: 'requested' | 'rerequested' | 'completed',
  senderId: number,
): void {
  const commit = repository.store.commits.get(suite.headSha);
  const app = getApp(world, suite.appId);
  const core = renderSuiteCore(world, repository, suite);
  const runs = [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
  const payload = {
    check_suite: {
      ...core,
      latest_check_runs_count: runs.length,
      check_runs_url: api(world, `/repos/${fullName(world, repository)}/check-suites/${suite.id}/check-runs`),
      head_commit: commit === undefined ? null : renderSimpleCommit(commit),
      rerequestable: true,
      runs_rerequestable: true,
    },
  };
  const only = action === 'completed' ? {} : { appId: app.id };
  world.emit({ name: 'check_suite', action, repository, senderId, payload, ...only });
}
