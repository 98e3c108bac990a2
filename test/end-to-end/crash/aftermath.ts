import { CHECK_NAME } from '../../../src/github/check-run-identity.ts';
import { readMark } from '../../../src/github/comment-marker.ts';
import type { Store } from '../../../src/store/open-store.ts';
import type { PullRequestIssue } from '../../github/actions/pull-requests.ts';
import type { CheckRun } from '../../github/check-state.ts';
import type { Scene } from '../../github/scene.ts';
import { runsSeen } from './run-ids.ts';

/** What is there when all is quiet; but for the first number all are zero, if nothing was lost and nothing was done twice. */
export interface Aftermath {
  /** Deliveries that changed something and were answered with 202. */
  readonly accepted: number;
  /** Those of them whose work is not done. */
  readonly lost: number;
  /** Pull requests whose newest head has not exactly one finished run of ours, or not exactly one verdict in the ledger. */
  readonly unfinished: number;
  /** Jobs left in the queue, dead ones too. */
  readonly left: number;
  /** Heads with more than one run of ours for the same pull request. */
  readonly doubledRuns: number;
  /** Comments of ours about a finding, or dialogues, beyond the one there may be. */
  readonly doubledComments: number;
  /** Commands of people without an answer. */
  readonly unanswered: number;
  /** Requests of a run that came after the next run of that pull request had begun. */
  readonly overlaps: readonly string[];
  readonly violations: number;
  readonly ledger: string;
}

/** One repository of the world, and who looks after it. */
export type Watched = Pick<Scene, 'github' | 'app' | 'repository'>;

/** Looks at GitHub, its log, and the store. */
export async function aftermath(
  scene: Watched,
  store: Store,
  pullRequests: readonly PullRequestIssue[],
): Promise<Aftermath> {
  const verification = await store.verifyLedger();
  const outcomes = await store.database.rows('select guid, outcome from delivery');
  const { log } = scene.github.deliveries;
  const accepted = new Set(log.filter(({ responseBody }) => responseBody === 'accepted').map(({ guid }) => guid));
  const done = new Set(outcomes.flatMap(({ guid, outcome }) => (outcome === 'done' ? [guid] : [])));
  const { due, running, waiting, dead } = await store.queue.depth(Date.now());
  return {
    accepted: accepted.size,
    lost: [...accepted].filter((guid) => !done.has(guid)).length,
    unfinished: await countUnfinished(scene, store, pullRequests),
    left: due + running + waiting + dead,
    doubledRuns: doubledRuns(scene),
    doubledComments: doubledFindings(scene) + doubledDialogues(scene),
    unanswered: unanswered(scene),
    overlaps: runsSeen(scene.github.requests).overlaps,
    violations: scene.github.violations.length,
    ledger: verification.intact ? 'intact' : verification.reason,
  };
}

async function countUnfinished(
  scene: Watched,
  store: Store,
  pullRequests: readonly PullRequestIssue[],
): Promise<number> {
  let count = 0;
  for (const { number, pullRequest } of pullRequests) {
    const { headSha } = pullRequest;
    const runs = ourRuns(scene).filter((run) => run.headSha === headSha);
    const of = { repositoryId: scene.repository.id, pullRequest: number, kinds: ['verdict'] };
    const verdicts = (await store.ledger.read(of)).map(({ data }) => data as { headSha: string; outcome: string });
    const isJudged = verdicts.filter((each) => each.headSha === headSha && each.outcome === 'fail').length === 1;
    if (runs.length !== 1 || runs[0]?.conclusion !== 'failure' || !isJudged) count += 1;
  }
  return count;
}

/** Without those that told people, after several tries, that GitHub does not answer: another run takes their place. */
function ourRuns({ repository, app }: Watched): readonly CheckRun[] {
  const ours = [...repository.checkRuns.values()].filter(({ appId, name }) => appId === app.id && name === CHECK_NAME);
  return ours.filter(({ conclusion }) => conclusion !== 'action_required');
}

function doubledRuns(scene: Watched): number {
  const subjects = ourRuns(scene).map(({ externalId }) => (externalId ?? '').split(':').slice(0, 4).join(':'));
  return subjects.length - new Set(subjects).size;
}

function doubledFindings({ repository, app }: Watched): number {
  const ours = [...repository.reviewComments.values()].filter(({ authorId }) => authorId === app.botId);
  const marks = ours.flatMap(({ body, issueNumber }) => {
    const mark = readMark(body);
    return mark ? [`${issueNumber} ${mark.fingerprint}`] : [];
  });
  return marks.length - new Set(marks).size;
}

function doubledDialogues({ repository, app }: Watched): number {
  const ours = [...repository.issueComments.values()].filter(({ authorId }) => authorId === app.botId);
  return ours.length - new Set(ours.map(({ issueNumber }) => issueNumber)).size;
}

function unanswered({ repository, app }: Watched): number {
  const commands = [...repository.issueComments.values()].filter(({ authorId }) => authorId !== app.botId);
  return commands.filter(({ reactions }) => ![...reactions.values()].some(({ userId }) => userId === app.botId)).length;
}
