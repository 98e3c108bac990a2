import type { CheckRun } from '../github/check-state.ts';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App, Repository } from '../github/state.ts';
import type { Pull } from './happenings.ts';
import type { Day } from './plan-day.ts';

const NAME = 'Sightline';

/** What is there at the end of the day that must not be; all zero if nothing was lost and nothing done twice. */
export interface Faults {
  readonly 'heads without a finished run': number;
  readonly 'runs still in progress': number;
  readonly 'heads with a second run for no reason': number;
  readonly 'merge groups without a finished run': number;
  readonly 'doubled comments': number;
  readonly 'requests refused by a limit': number;
  readonly 'breaches of contract': number;
}

/** Looks at what the local GitHub shows, as a stranger to the app. `problems` names some of what is wrong. */
export function reckon(github: LocalGitHub, app: App, day: Day): { readonly faults: Faults; problems: string[] } {
  const seen = day.pulls.filter((pull) => pull.issue && day.installations.has(pull.household));
  const open = seen.filter(({ issue }) => issue?.state === 'open');
  const problems: string[] = [];
  const wrong = (what: string, pulls: readonly Pull[]) => {
    for (const { place, issue } of pulls.slice(0, 5))
      problems.push(`${what}: ${place.repository.name}#${issue?.number}`);
    return pulls.length;
  };
  const repositories = [...new Set(seen.map(({ place }) => place.repository))];
  const runs = repositories.flatMap((repository) => ownRuns(repository, app));
  const groups = repositories.flatMap((repository) => groupsOf(repository).map((sha) => ({ repository, sha })));
  return {
    problems,
    faults: {
      'heads without a finished run': wrong(
        'no finished run',
        open.filter((pull) => runsOf(pull, app).at(-1)?.status !== 'completed'),
      ),
      'runs still in progress': runs.filter(({ status }) => status !== 'completed').length,
      'heads with a second run for no reason': wrong(
        'a second run',
        open.filter((pull) => !pull.lookedAgain && runsOf(pull, app).length > 1),
      ),
      'merge groups without a finished run': groups.filter(
        ({ repository, sha }) => !ownRuns(repository, app).some((run) => run.headSha === sha && isDone(run)),
      ).length,
      'doubled comments': repositories.reduce((sum, repository) => sum + doubledComments(repository, app), 0),
      'requests refused by a limit': github.limiter.peaks.refused,
      'breaches of contract': github.violations.length,
    },
  };
}

function ownRuns(repository: Repository, app: App): CheckRun[] {
  return [...repository.checkRuns.values()].filter(({ name, appId }) => name === NAME && appId === app.id);
}

function isDone({ status }: CheckRun): boolean {
  return status === 'completed';
}

/** Our runs for a pull request on its present head, oldest first. */
export function runsOf({ place: { repository }, issue }: Pull, app: App): CheckRun[] {
  return ownRuns(repository, app).filter(
    ({ headSha, externalId }) =>
      headSha === issue?.pullRequest.headSha && externalId.startsWith(`v1:${repository.id}:${issue.number}:`),
  );
}

function groupsOf(repository: Repository): string[] {
  return [...repository.refs].flatMap(([ref, sha]) => (ref.startsWith('refs/heads/gh-readonly-queue/') ? [sha] : []));
}

/** Comments of ours on one pull request about one finding; there must be no second. */
function doubledComments(repository: Repository, app: App): number {
  const marks = [...repository.reviewComments.values()]
    .filter(({ authorId }) => authorId === app.botId)
    .flatMap(({ body, issueNumber }) => {
      const fingerprint = /<!-- sightline:finding (\S+)/.exec(body)?.[1];
      return fingerprint === undefined ? [] : [`${issueNumber} ${fingerprint}`];
    });
  return marks.length - new Set(marks).size;
}

/** Milliseconds of simulated time from the last push to its finished run, sorted. */
export function latencies(pulls: readonly Pull[], app: App): number[] {
  return pulls
    .flatMap((pull) => {
      const first = runsOf(pull, app).find(isDone);
      return first?.completedAt && pull.pushedAt > 0 ? [first.completedAt - pull.pushedAt] : [];
    })
    .sort((a, b) => a - b);
}
