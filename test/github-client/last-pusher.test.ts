import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPullRequest, type PullRequestIssue } from '../github/actions/pull-requests.ts';
import { updateRef } from '../github/actions/push.ts';
import { commitFiles, forkRepository } from '../github/actions/repositories.ts';
import type { Account, Repository } from '../github/state.ts';
import { type DialogueTest, member, REQUEST, startDialogue } from './dialogue-kit.ts';

/** Who pushed the head may not approve, whether or not an event told of it. */

let test: DialogueTest;
let repository: Repository;
let developer: Account;

beforeEach(async () => {
  test = await startDialogue();
  ({ repository, developer } = test.app.scene);
});

afterEach(() => test.end());

/** Somebody pushes a commit that bears only the developer's name. */
function push(by: Account, branch = 'change', to = repository): string {
  const { world } = test.app.scene.github;
  const ref = `refs/heads/${branch}`;
  const parent = to.refs.get(ref) ?? to.refs.get('refs/heads/main') ?? '';
  const code = branch === 'change' ? {} : { [`src/${branch}.py`]: `FACE:${branch}()\n` };
  const files = { ...code, 'notes.txt': `${by.login} ${world.nextId}` };
  const sha = commitFiles(world, to, { author: developer, message: 'Work', files, parents: [parent] });
  updateRef(world, to, ref, sha, by.id);
  return sha;
}

async function silently(act: () => void): Promise<void> {
  const { deliveries } = test.app.scene.github;
  deliveries.mode = 'lose';
  act();
  deliveries.mode = 'deliver';
  await test.app.mark({ kind: 'pull_request', number: test.pull.number });
  await test.app.drain();
}

async function open(branch: string, headRepository = repository): Promise<PullRequestIssue> {
  const wish = { author: developer, title: 'Another', head: branch, headRepository };
  const issue = openPullRequest(test.app.scene.github.world, repository, wish);
  await test.app.drain();
  return issue;
}

async function askAndApprove(pull: PullRequestIssue): Promise<string | null | undefined> {
  await test.say(developer, REQUEST, pull);
  await test.say(test.approver, '/sightline approve O1', pull);
  return test.conclusion(pull);
}

const activities = () => test.app.requests().filter(({ operation }) => operation === 'repos/list-activities').length;

describe('the last pusher', () => {
  it('is whom the event names, without a question to GitHub', async () => {
    push(member(test.app, 'third'));
    expect(await askAndApprove(test.pull)).toBe('success');
    expect(activities()).toBe(0);
  });

  it('is found in the activity of the branch where the event was lost, and asked for once', async () => {
    await silently(() => push(member(test.app, 'third')));
    test.app.requests();
    expect(await askAndApprove(test.pull)).toBe('success');
    expect(activities()).toBe(1);
    await test.say(developer, '/sightline status');
    expect(activities()).toBe(0);
  });

  it('does not approve, though the event was lost', async () => {
    await silently(() => push(test.approver));
    expect(await askAndApprove(test.pull)).toBe('failure');
    expect(test.comment()).toContain('you pushed to this pull request last');
  });

  it('does not approve, though somebody else opened the pull request', async () => {
    push(test.approver, 'theirs');
    const pull = await open('theirs');
    expect(await askAndApprove(pull)).toBe('failure');
    expect(test.comment(pull)).toContain('you pushed to this pull request last');
  });

  it('loses the approval that he gave before, though the event was lost', async () => {
    expect(await askAndApprove(test.pull)).toBe('success');
    await silently(() => push(test.approver));
    expect(test.conclusion()).toBe('failure');
    expect(await test.kinds()).toEqual(['override.requested', 'override.approved', 'override.approval_voided']);
  });

  it('is everybody who has pushed this very commit', async () => {
    const sha = push(test.approver);
    await test.app.drain();
    const third = member(test.app, 'third');
    push(third);
    updateRef(test.app.scene.github.world, repository, 'refs/heads/change', sha, third.id);
    await test.app.drain();
    expect(await askAndApprove(test.pull)).toBe('failure');
    expect(test.comment()).toContain('you pushed to this pull request last');
  });
});

describe('where GitHub does not tell who pushed', () => {
  it('waits for it, as the list may be behind', async () => {
    await silently(() => push(member(test.app, 'third')));
    const empty = { kind: 'answer', status: 200, body: [] } as const;
    test.app.scene.github.faults.add({ match: ({ operation }) => operation === 'repos/list-activities', fault: empty });
    expect(await askAndApprove(test.pull)).toBe('success');
  });

  it('holds the request, says why, and lets it be decided after the next push', async () => {
    const fork = forkRepository(test.app.scene.github.world, repository, developer);
    push(developer, 'from-fork', fork);
    const pull = await open('from-fork', fork);
    expect(await askAndApprove(pull)).toBe('failure');
    expect(test.comment(pull)).toContain('GitHub does not tell who pushed the newest commit');
    push(developer, 'from-fork', fork);
    await test.say(test.approver, '/sightline approve O1', pull);
    expect(test.conclusion(pull)).toBe('success');
    expect(await test.kinds()).toEqual(['override.requested', 'override.approved']);
  });

  it('takes approvals back, and says so', async () => {
    expect(await askAndApprove(test.pull)).toBe('success');
    const hidden = { kind: 'answer', status: 404, body: { message: 'Not Found' } } as const;
    const match = ({ operation }: { operation?: string | undefined }) => operation === 'repos/list-activities';
    test.app.scene.github.faults.add({ match, times: 9, fault: hidden });
    await silently(() => push(member(test.app, 'third')));
    expect(test.conclusion()).toBe('failure');
    const [voided] = await test.app.store.ledger.read({ kinds: ['override.approval_voided'] });
    expect(voided?.data).toMatchObject({ reason: 'people_unknown' });
    expect(test.comment()).toContain('GitHub does not say who has pushed here since');
  });
});
