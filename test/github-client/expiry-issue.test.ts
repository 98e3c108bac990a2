import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { createTeam } from '../github/actions/accounts.ts';
import { createIssueComment } from '../github/actions/comments.ts';
import { createIssue, updateIssue } from '../github/actions/issues.ts';
import { mergePullRequest, type PullRequestIssue } from '../github/actions/pull-requests.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import type { LoggedRequest } from '../github/request-log.ts';
import { openChange } from '../github/scene.ts';
import type { Account, Issue } from '../github/state.ts';
import { DAY_MS, member } from './dialogue-kit.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** Seven days before overrides end, the owners of the use case are told: once, in one issue, where that is configured. */

const WANTED = 'approvers: [{teams: [acme/compliance]}]\ncomments: {expiry_issue: true}\n';
const UNWANTED = 'approvers: [{teams: [acme/compliance]}]\n';

let app: TestApp;
let approver: Account;

async function start(configuration: string): Promise<void> {
  app = await startTestApp({
    rooms: true,
    files: {
      '.github/sightline.yml': configuration,
      '.github/ai-use-cases/gate.yml': useCase(
        'gate',
        "['@developer', '@acme/vision', '@others/team', gate@acme.example]",
      ),
      '.github/ai-use-cases/desk.yml': useCase('desk', '[]'),
    },
  });
  app.time = Date.parse('2026-12-01T12:00:00Z');
  approver = member(app, 'approver');
  createTeam(app.scene.github.world, app.scene.organisation, 'compliance').members.set(approver.id, {
    role: 'member',
    state: 'active',
  });
}

beforeEach(() => start(WANTED));

afterEach(async () => {
  expect(app.scene.github.violations).toEqual([]);
  expect((await app.store.verifyLedger()).intact).toBe(true);
  await app.close();
});

function useCase(id: string, owners: string): string {
  return `id: ${id}\nowners: ${owners}\nservices: [aws_rekognition]\ncovers: ['${id}/**']\nfacts: {capability: [object_detection]}\n`;
}

/** A pull request of which the finding of an undeclared capability is overridden for some days. */
async function override(name: string, days: number): Promise<PullRequestIssue> {
  const pull = openChange(app.scene, { [`${name}/a.py`]: `FACE:${name}()\n` }, { branch: name });
  await app.drain();
  await decide(pull, days);
  return pull;
}

async function decide(pull: PullRequestIssue, days: number): Promise<void> {
  const { github, repository, developer } = app.scene;
  const [run] = app.runsOn(pull.pullRequest.headSha);
  const handle = /Undeclared: [^\n]*\((F\d+)\)/.exec(run?.output?.summary ?? '')?.[1];
  const number = (await app.store.ledger.read({ kinds: ['override.requested'] })).length + 1;
  for (const [by, body] of [
    [developer, `/sightline override ${handle} for ${days}d because accepted-risk: a pilot`],
    [approver, `/sightline approve O${number}`],
  ] as const) {
    createIssueComment(github.world, repository, pull, { accountId: by.id }, body);
    await app.drain();
  }
}

/** Goes on by days, with the sweeps of each hour. */
async function pass(days: number, hours = 1): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    app.time += DAY_MS;
    for (let hour = 0; hour < hours; hour += 1) await sweep();
  }
}

async function sweep(): Promise<void> {
  for (const name of ['ended_overrides', 'expiring_overrides']) {
    const found = app.sweeps.find((one) => one.name === name);
    await found?.run({ now: app.time, signal: new AbortController().signal, log: createLog('silent', []) });
  }
  await app.drain();
}

function issues(): readonly Issue[] {
  const all = [...app.scene.repository.issues.values()];
  return all.filter(({ pullRequest, authorId }) => !pullRequest && authorId === app.scene.app.botId);
}

const today = () => new Date(app.time).toISOString().slice(0, 10);
const isOf = (operation: string) => (request: LoggedRequest) => request.operation === operation;
/** Beside tokens, which last for an hour. */
const paths = () =>
  app
    .requests()
    .filter(({ operation }) => operation !== 'apps/create-installation-access-token')
    .map(({ method, path }) => `${method} ${path.split('?')[0]}`);

describe('where it is configured', () => {
  it('tells the owners seven days ahead, once', async () => {
    await override('gate', 10);
    await pass(2);
    expect(issues()).toEqual([]);
    app.requests();
    await pass(1);
    expect(today()).toBe('2026-12-04');
    expect(issues()).toMatchObject([{ title: 'Sightline: 1 override about to end', state: 'open' }]);
    await expect(issues()[0]?.body?.replaceAll(app.scene.github.url, 'https://github.test')).toMatchFileSnapshot(
      'golden/expiry-issue.md',
    );
    // Tree and declarations are known from judging the pull request.
    expect(paths()).toEqual(['POST /graphql', 'GET /repos/acme/widgets/issues', 'POST /repos/acme/widgets/issues']);
    await pass(6, 3);
    expect(paths()).toEqual([]);
  });

  it('edits the issue when more is about to end, and closes it when nothing is', async () => {
    await override('gate', 8);
    await override('desk', 12);
    await pass(1);
    await pass(4);
    const [issue] = issues();
    expect(issues()).toHaveLength(1);
    expect(issue?.title).toBe('Sightline: 2 overrides about to end');
    // Nobody is declared to own that use case: whoever asked is told.
    expect(issue?.body).toMatch(/`O2`.*`desk`.*@developer/);
    await pass(4);
    expect(issue).toMatchObject({ title: 'Sightline: 1 override about to end', state: 'open' });
    await pass(4);
    expect(issue).toMatchObject({ title: 'Sightline: No override is about to end', state: 'closed' });
    app.requests();
    await pass(3);
    expect(paths()).toEqual([]);
  });

  it('leaves an issue closed that somebody has read, until something new is about to end', async () => {
    await override('gate', 8);
    await override('desk', 12);
    await pass(1);
    const [issue] = issues() as [Issue];
    updateIssue(app.scene.github.world, app.scene.repository, issue, { state: 'closed' }, app.scene.developer.id);
    await pass(3);
    expect(issue.state).toBe('closed');
    await pass(1);
    expect(issue.state).toBe('open');
    expect(issues()).toHaveLength(1);
  });

  it('tells of overrides that live on after the merge', async () => {
    const { github, repository, owner } = app.scene;
    const pull = await override('gate', 10);
    mergePullRequest(github.world, repository, pull, owner);
    await app.drain();
    await pass(3);
    expect(issues()[0]?.title).toBe('Sightline: 1 override about to end');
  });

  it('lets the next one be asked for before the last one ends, and then tells no more', async () => {
    const pull = await override('gate', 10);
    await pass(3);
    await decide(pull, 30);
    await sweep();
    expect(issues()).toMatchObject([{ title: 'Sightline: No override is about to end', state: 'closed' }]);
    await pass(9);
    const ended = await app.store.ledger.read({ kinds: ['override.expired'] });
    expect(ended.map(({ data }) => data)).toMatchObject([{ handle: 'O1' }]);
    expect(app.runsOn(pull.pullRequest.headSha).at(-1)?.output?.summary).toContain('1 finding overridden');
  });
});

describe('whatever goes wrong', () => {
  it.each([
    ['an answer that is lost', { kind: 'cut', when: 'after' }],
    ['an answer that is false', { kind: 'answer', status: 502, when: 'after' }],
    ['a request that does not arrive', { kind: 'cut', when: 'before' }],
  ] as const)('makes one issue: %s', async (_, fault) => {
    await override('gate', 10);
    app.scene.github.faults.add({ match: isOf('issues/create'), times: 2, fault });
    await pass(6, 2);
    expect(issues()).toHaveLength(1);
  });

  it('edits nothing that is not its own', async () => {
    const { github, repository, developer } = app.scene;
    const body = '<!-- sightline:expiry v1 -->\nMine.';
    const planted = createIssue(github.world, repository, { accountId: developer.id }, { title: 'Planted', body });
    await override('gate', 10);
    await pass(4);
    expect(planted.body).toBe(body);
    expect(issues()).toHaveLength(1);
  });

  it('makes another one when somebody has deleted it, but only for what is new', async () => {
    await override('gate', 8);
    await override('desk', 12);
    await pass(1);
    app.scene.repository.issues.delete(issues()[0]?.number ?? 0);
    await pass(3);
    expect(issues()).toEqual([]);
    await pass(1);
    expect(issues()).toHaveLength(1);
  });

  it('gives up until the next day where issues are switched off', async () => {
    await override('gate', 10);
    const gone = { kind: 'answer', status: 410, body: { message: 'Issues are disabled for this repo' } } as const;
    app.scene.github.faults.add({ match: isOf('issues/list-for-repo'), times: 2, fault: gone });
    await pass(4, 5);
    const asked = app.requests().filter(isOf('issues/list-for-repo'));
    expect(asked).toHaveLength(2);
    await pass(1);
    expect(issues()).toHaveLength(1);
  });
});

describe('where it is not configured', () => {
  it('writes nothing, and asks for the configuration once a day', async () => {
    await app.close();
    await start(UNWANTED);
    await override('gate', 10);
    app.requests();
    await pass(4, 6);
    expect(paths()).toEqual(['POST /graphql', 'POST /graphql']);
    pushFiles(app.scene.github.world, app.scene.repository, 'main', {
      author: app.scene.owner,
      files: { '.github/sightline.yml': WANTED },
    });
    await app.drain();
    await pass(1);
    expect(issues()).toHaveLength(1);
  });
});
