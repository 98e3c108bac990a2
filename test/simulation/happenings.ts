import { suspendInstallation } from '../github/actions/apps.ts';
import { tellOfSuite } from '../github/actions/check-suites.ts';
import { rerequestRun } from '../github/actions/checks.ts';
import { createIssueComment, deleteIssueComment, editIssueComment } from '../github/actions/comments.ts';
import { destroyMergeGroup, enqueue } from '../github/actions/merge-groups.ts';
import {
  closePullRequest,
  editPullRequest,
  mergePullRequest,
  openPullRequest,
  type PullRequestIssue,
  reopenPullRequest,
  setDraft,
} from '../github/actions/pull-requests.ts';
import { pushFiles, renameRepository } from '../github/actions/repositories.ts';
import type { Installation, Repository } from '../github/state.ts';
import type { World } from '../github/world.ts';
import type { Chance } from './chance.ts';
import type { Household } from './town.ts';

/** Where things happen. */
export interface Scene {
  readonly world: World;
  readonly chance: Chance;
  readonly appId: number;
  /** All of the day. */
  readonly pulls: Pull[];
}

/** A pull request of the day, from before it is opened. */
export interface Pull {
  readonly number: number;
  readonly household: Household;
  readonly place: Household['repositories'][number];
  issue?: PullRequestIssue;
  /** When its head was pushed last, of simulated time. */
  pushedAt: number;
  /** The head has been looked at again for a reason, so that it may rightly have more than one finished run. */
  lookedAgain: boolean;
}

type Act = (scene: Scene, pull: Pull, issue: PullRequestIssue) => void;

const CALL = (number: number, turn: string) =>
  `import boto3\n\nclient = boto3.client("rekognition")\n\n\ndef look_${number}_${turn}(image):\n` +
  '    return client.detect_text(Image={"Bytes": image})\n';
const PLAIN = (number: number, turn: string) => `def change_${number}_${turn}(value):\n    return value + ${number}\n`;

/** Opens a pull request: what the fixture of its repository changes, and a file of its own. */
export function open({ world, chance }: Scene, pull: Pull): void {
  const { household, place, number } = pull;
  const author = chance.pick(household.people);
  const head = `change-${number}`;
  const own = [`src/change_${number}.py`, (chance.is(0.25) ? CALL : PLAIN)(number, 'first')] as const;
  const files = new Map([...(chance.is(0.4) ? place.head : []), own]);
  pushFiles(world, place.repository, head, { author, files });
  const title = `Change ${number}`;
  pull.issue = openPullRequest(world, place.repository, { author, title, head, draft: chance.is(0.05) });
  pull.pushedAt = world.clock();
}

function pushTo({ world, chance }: Scene, pull: Pull): void {
  const { household, place, number } = pull;
  const turn = String(Math.floor(chance.next() * 1e9));
  const files = { [`src/change_${number}.py`]: (chance.is(0.25) ? CALL : PLAIN)(number, turn) };
  pushFiles(world, place.repository, `change-${number}`, { author: chance.pick(household.people), files });
  Object.assign(pull, { pushedAt: world.clock(), lookedAgain: false });
}

function comment(body: (scene: Scene) => string, asks: boolean): Act {
  return (scene, pull, issue) => {
    const author = { accountId: scene.chance.pick(pull.household.people).id };
    createIssueComment(scene.world, pull.place.repository, issue, author, body(scene));
    if (asks) pull.lookedAgain = true;
  };
}

const changeComment: Act = ({ world, chance }, { place: { repository } }, issue) => {
  const last = [...repository.issueComments.values()].findLast((each) => each.issueNumber === issue.number);
  if (!last || last.viaAppId !== undefined) return;
  if (chance.is(0.3)) deleteIssueComment(world, repository, last, last.authorId);
  else editIssueComment(world, repository, last, `${last.body} (edited)`, last.authorId);
};

const rerun: Act = ({ world, chance, appId }, pull, { pullRequest }) => {
  const { repository } = pull.place;
  const run = [...repository.checkRuns.values()].findLast(({ headSha }) => headSha === pullRequest.headSha);
  if (run?.status !== 'completed' || run.appId !== appId) return;
  const sender = chance.pick(pull.household.people).id;
  const suite = repository.checkSuites.get(run.suiteId);
  if (suite && chance.is(0.3)) tellOfSuite(world, repository, suite, 'rerequested', sender);
  else rerequestRun(world, repository, run, sender);
  pull.lookedAgain = true;
};

const close: Act = ({ world, chance, pulls }, { household, place }, issue) => {
  const sender = chance.pick(household.people);
  if (!chance.is(0.7) || !canMerge(place.repository, issue)) {
    closePullRequest(world, place.repository, issue, sender.id);
    return;
  }
  mergePullRequest(world, place.repository, issue, sender);
  // What it changes may be what the others of the repository are judged by.
  for (const other of pulls) if (other.place === place) other.lookedAgain = true;
};

/** A fixture's own files change in one pull request of a repository at a time. */
function canMerge(repository: Repository, { pullRequest }: PullRequestIssue): boolean {
  return repository.refs.get('refs/heads/main') === pullRequest.baseSha;
}

const reopen: Act = ({ world, chance }, { household, place }, issue) => {
  closePullRequest(world, place.repository, issue, chance.pick(household.people).id);
  reopenPullRequest(world, place.repository, issue, chance.pick(household.people).id);
};

const draft: Act = ({ world, chance }, { household, place }, issue) =>
  setDraft(world, place.repository, issue, !issue.pullRequest.draft, chance.pick(household.people).id);

const queue: Act = ({ world, chance }, { household, place }, issue) => {
  if (!canMerge(place.repository, issue)) return;
  const sender = chance.pick(household.people);
  const group = enqueue(world, place.repository, [issue], sender);
  if (chance.is(0.2)) destroyMergeGroup(world, place.repository, group, 'dequeued', sender);
};

const retitle: Act = ({ world, chance }, { household, place }, issue) =>
  editPullRequest(world, place.repository, issue, { title: `${issue.title}.` }, chance.pick(household.people).id);

/** What may happen to a pull request once it is open: how often on average, and how. */
export const LIFE: readonly { readonly what: string; readonly each: number; readonly act: Act }[] = [
  { what: 'push', each: 0.75, act: pushTo },
  { what: 'remark', each: 0.9, act: comment(() => 'Looks good to me.', false) },
  { what: 'command', each: 0.06, act: comment(({ chance }) => chance.pick(COMMANDS), true) },
  { what: 'change a comment', each: 0.1, act: changeComment },
  { what: 're-run', each: 0.05, act: rerun },
  { what: 'draft and back', each: 0.05, act: draft },
  { what: 'retitle', each: 0.2, act: retitle },
  { what: 'merge queue', each: 0.03, act: queue },
  { what: 'close and reopen', each: 0.02, act: reopen },
];

const COMMANDS = ['/sightline status', '/sightline recheck', '/sightline override F1 for 30d because it is a pilot'];

/** The last thing that happens to most of them. */
export const END: Act = close;

/** A push to the base branch; one with YAML in it may change policies, and has all open pull requests judged anew. */
export function pushBase({ world, chance, pulls }: Scene, pull: Pull): void {
  const { household, place } = pull;
  const number = Math.floor(chance.next() * 1e9);
  const changesPolicy = chance.is(0.3);
  const files = changesPolicy
    ? { '.github/sightline.yml': `# ${number}\nmode: ${chance.pick(['enforce', 'advise'])}\n` }
    : { 'NOTES.md': `${number}\n` };
  pushFiles(world, place.repository, 'main', { author: chance.pick(household.people), files });
  for (const other of pulls) if (other.place === place && changesPolicy) other.lookedAgain = true;
}

/** The organisation changes what holds for all of its repositories. */
export function pushSettings({ world, chance, pulls }: Scene, household: Household): void {
  const files = { '.github/sightline.yml': `# ${Math.floor(chance.next() * 1e9)}\nmode: enforce\n` };
  pushFiles(world, household.settings, 'main', { author: household.owner, files });
  for (const pull of pulls) if (pull.household === household) pull.lookedAgain = true;
}

export function rename({ world }: Scene, { household, place }: Pull): void {
  renameRepository(world, place.repository, `${place.repository.name}-renamed`, household.owner);
}

export function sleepAndWake({ world }: Scene, installation: Installation, household: Household): void {
  const isAsleep = installation.suspendedAt !== undefined;
  suspendInstallation(world, installation, !isAsleep, household.owner.id);
}
