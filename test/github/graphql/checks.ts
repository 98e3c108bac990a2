import type { CheckRun, CheckSuite } from '../check-state.ts';
import { summariseSuite } from '../render/check.ts';
import { page, time, timeOrNull } from '../render/common.ts';
import type { Repository } from '../state.ts';
import { fullName, type World } from '../world.ts';
import { type ConnectionArguments, connect, renderGraphqlApp } from './common.ts';

interface RunFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  readonly checkType?: 'ALL' | 'LATEST' | null;
  readonly status?: string | null;
}

export function renderSuite(world: World, repository: Repository, suite: CheckSuite) {
  const { status, conclusion } = summariseSuite(repository, suite);
  return {
    __typename: 'CheckSuite',
    id: suite.nodeId,
    databaseId: suite.id,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    app: () => renderGraphqlApp(world, suite.appId),
    createdAt: time(suite.createdAt),
    updatedAt: time(suite.updatedAt),
    checkRuns: (args: ConnectionArguments & { readonly filterBy?: RunFilter | null }) => {
      const { appId, checkName, checkType, status: wanted } = args.filterBy ?? {};
      const own = [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
      const runs = own.filter((run) => {
        const newest = own.findLast((other) => other.name === run.name) === run;
        return (
          (checkType === 'ALL' || newest) &&
          (typeof appId !== 'number' || run.appId === appId) &&
          (typeof checkName !== 'string' || run.name === checkName) &&
          (typeof wanted !== 'string' || run.status === wanted.toLowerCase())
        );
      });
      return connect('checkRuns', runs, args, (run) => renderRun(world, repository, run));
    },
  };
}

function renderRun(world: World, repository: Repository, run: CheckRun) {
  const path = `/${fullName(world, repository)}/runs/${run.id}`;
  return {
    __typename: 'CheckRun',
    id: run.nodeId,
    databaseId: run.id,
    name: run.name,
    externalId: run.externalId === '' ? null : run.externalId,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: time(run.startedAt),
    completedAt: timeOrNull(run.completedAt),
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    detailsUrl: run.detailsUrl === '' ? null : run.detailsUrl,
    resourcePath: path,
    url: page(world, path),
    annotations: (args: ConnectionArguments) =>
      connect('annotations', run.annotations, args, (annotation) => ({
        __typename: 'CheckAnnotation',
        path: annotation.path,
        title: annotation.title ?? null,
        message: annotation.message,
        rawDetails: annotation.raw_details ?? null,
        annotationLevel: annotation.annotation_level.toUpperCase(),
        location: {
          start: { line: annotation.start_line, column: annotation.start_column ?? null },
          end: { line: annotation.end_line, column: annotation.end_column ?? null },
        },
      })),
  };
}
