import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { createUser } from '../github/actions/accounts.ts';
import { deleteIssueComment, editIssueComment } from '../github/actions/comments.ts';
import { mergePullRequest } from '../github/actions/pull-requests.ts';
import { updateRef } from '../github/actions/push.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import { replyToReviewComment } from '../github/actions/reviews.ts';
import { writeCommit } from '../github/git/object-store.ts';
import { emailOf } from '../github/render/commit.ts';
import { openChange } from '../github/scene.ts';
import { DAY_MS, type DialogueTest, member, REQUEST, startDialogue } from './dialogue-kit.ts';

/** The rules of the dialogue as people meet them, each through the app. */

let test: DialogueTest;
let scene: DialogueTest['app']['scene'];

beforeEach(async () => {
  test = await startDialogue();
  ({ scene } = test.app);
}, 30_000);

afterEach(() => test.end());

const reactions = (of: { readonly reactions: ReadonlyMap<number, { readonly content: string }> }) =>
  [...of.reactions.values()].map(({ content }) => content);

async function askAndApprove(): Promise<void> {
  await test.say(scene.developer, REQUEST);
  await test.say(test.approver, '/sightline approve O1');
}

async function sweep(name: string): Promise<void> {
  const found = test.app.sweeps.find((one) => one.name === name);
  await found?.run({ now: test.app.time, signal: new AbortController().signal, log: createLog('silent', []) });
  await test.app.drain();
}

describe('what is said', () => {
  it("is heard as a reply in a finding's thread as well", async () => {
    const { github, repository, developer } = scene;
    const [thread] = [...repository.reviewComments.values()];
    if (!thread) throw new Error('no thread');
    const reply = replyToReviewComment(
      github.world,
      repository,
      test.pull,
      { accountId: developer.id },
      thread,
      REQUEST,
    );
    await test.app.drain();
    expect(await test.kinds()).toEqual(['override.requested']);
    expect(reactions(reply)).toEqual(['+1']);
    await test.say(test.approver, '/sightline approve O1');
    expect(test.conclusion()).toBe('success');
  });

  it.each([
    ['status', 'eyes', 'The list above is up to date.'],
    ['help', 'eyes', '/sightline withdraw O12'],
    ['explain F1', 'eyes', 'How `F1` was decided stands below.'],
    ['explain F7', 'confused', 'There are: `F1`.'],
    ['aprove O1', 'confused', 'Write `/sightline approve O12'],
  ])('%s is answered with %s', async (words, reaction, answer) => {
    const comment = await test.say(scene.developer, `/sightline ${words}`);
    expect(reactions(comment)).toEqual([reaction]);
    expect(test.comment()).toContain(answer);
    expect(await test.kinds()).toEqual([]);
  });

  it.each([
    ['for 31d', 'The rule allows at most 30 days.'],
    ['until 2020-01-31', 'The end lies in the past.'],
    ['until 2026-02-30', 'is no term'],
    ['for ever', 'is no term'],
  ])('%s is refused with the reason', async (term, reason) => {
    await test.say(scene.developer, `/sightline override F1 ${term} because accepted-risk: x`);
    expect(test.comment()).toContain(reason);
    expect(await test.kinds()).toEqual([]);
  });

  it('too often is answered once more, then not at all; others are heard all the same', async () => {
    for (let count = 0; count < 10; count += 1) await test.say(scene.developer, '/sightline status');
    const eleventh = await test.say(scene.developer, REQUEST);
    expect(reactions(eleventh)).toEqual(['-1']);
    expect(test.comment()).toContain('These are more commands than one person needs');
    const before = test.comment();
    const twelfth = await test.say(scene.developer, REQUEST);
    expect(reactions(twelfth)).toEqual([]);
    expect(test.comment()).toBe(before);
    expect(await test.kinds()).toEqual([]);
    const other = await test.say(test.approver, REQUEST);
    expect(reactions(other)).toEqual(['+1']);
  });

  it('names teams in public, and none of their members', async () => {
    const hidden = member(test.app, 'hidden-member');
    scene.organisation.teams.get('compliance')?.members.set(hidden.id, { role: 'member', state: 'active' });
    await askAndApprove();
    expect(test.comment()).toContain('the team `acme/compliance`');
    expect(test.comment()).not.toContain('hidden-member');
  });
});

describe('who decides', () => {
  it('is not who only committed what another wrote', async () => {
    const { github, repository, developer } = scene;
    const parent = test.pull.pullRequest.headSha;
    const sign = (who: typeof developer) => ({ name: who.login, email: emailOf(who), at: github.world.clock() });
    const { sha } = writeCommit(repository.store, {
      tree: repository.store.commits.get(parent)?.tree ?? '',
      parents: [parent],
      author: sign(developer),
      committer: sign(test.approver),
      message: 'Rebased',
    });
    updateRef(github.world, repository, 'refs/heads/change', sha, developer.id);
    await test.app.drain();
    await askAndApprove();
    expect(test.comment()).toContain('you wrote or committed part of this pull request');
    expect(test.conclusion()).toBe('failure');
  });

  it('is not kept from it by a configured team that does not exist', async () => {
    const { judge } = test.app;
    const configuration = judge.configure({});
    const approvers = [
      { applies: [], users: ['nobody-of-that-name'], teams: ['acme/gone', 'acme/compliance'], roles: [] },
    ];
    Object.assign(judge, { configure: () => ({ ...configuration, approvers }) });
    await askAndApprove();
    expect(test.conclusion()).toBe('success');
  });

  it('goes by the name of the role, not by what it may do', async () => {
    const captain = member(test.app, 'captain');
    scene.repository.collaborators.set(captain.id, { permission: 'admin', roleName: 'release-captain' });
    await test.say(scene.developer, REQUEST);
    await test.say(captain, '/sightline approve O1');
    expect(test.comment()).toContain('you are not an approver of this rule');
    scene.repository.collaborators.set(captain.id, { permission: 'admin', roleName: 'admin' });
    await test.say(captain, '/sightline approve O1');
    expect(test.conclusion()).toBe('success');
  });

  it('is known by his id: another login does not undo it, and his old one gives no right', async () => {
    await askAndApprove();
    const { accounts, accountIds } = scene.github.world;
    const { id } = test.approver;
    accountIds.delete('approver');
    (accounts.get(id) as { login: string }).login = 'renamed';
    accountIds.set('renamed', id);
    await test.say(scene.developer, '/sightline recheck');
    expect(test.conclusion()).toBe('success');
    await test.say(test.approver, '/sightline revoke O1 because of the stranger');
    await test.say(scene.developer, REQUEST);
    await test.say(member(test.app, 'approver'), '/sightline approve O2');
    expect(test.conclusion()).toBe('failure');
  });

  it('is not whoever has taken the login that a named approver gave up', async () => {
    const { accounts, accountIds } = scene.github.world;
    const named = member(test.app, 'carol');
    test.app.push({ '.github/sightline.yml': 'approver carol\n' }, 'main');
    await test.say(scene.developer, REQUEST);
    await test.say(named, '/sightline approve O1');
    expect(test.conclusion()).toBe('success');
    accountIds.delete('carol');
    (accounts.get(named.id) as { login: string }).login = 'caroline';
    accountIds.set('caroline', named.id);
    await test.say(scene.developer, '/sightline recheck');
    expect(test.conclusion()).toBe('failure');
    await test.say(createUser(scene.github.world, 'carol'), '/sightline approve O1');
    expect(test.conclusion()).toBe('failure');
    expect(test.comment()).toContain('you are not an approver of this rule');
  });
});

describe('an override', () => {
  it.each([
    ['edited', editIssueComment],
    ['deleted', deleteIssueComment],
  ] as const)('ends when the comment that asked for it is %s, and says so', async (how, change) => {
    const { github, repository, owner } = scene;
    const request = await test.say(scene.developer, REQUEST);
    await test.say(test.approver, '/sightline approve O1');
    if (change === editIssueComment) editIssueComment(github.world, repository, request, 'Nothing.', owner.id);
    else deleteIssueComment(github.world, repository, request, owner.id);
    await test.app.drain();
    expect(test.conclusion()).toBe('failure');
    expect((await test.kinds()).at(-1)).toBe('override.request_voided');
    expect(test.comment()).toContain(`(the comment was ${how})`);
  });

  it('lapses when what it covers changes, and says which part', async () => {
    await askAndApprove();
    const files = { 'src/b.py': 'FACE:another()\n' };
    pushFiles(scene.github.world, scene.repository, 'change', { author: scene.developer, files });
    await test.app.drain();
    expect(test.conclusion()).toBe('failure');
    expect(test.comment()).toContain('**lapsed** (the code it covered changed)');
  });

  it('ends by the timer alone', async () => {
    await askAndApprove();
    test.app.time += 11 * DAY_MS;
    await sweep('ended_overrides');
    expect(test.conclusion()).toBe('failure');
    expect((await test.kinds()).at(-1)).toBe('override.expired');
    expect(test.comment()).toContain('its time was over');
  });

  it('lives on after the merge in later pull requests, and ends there by the timer', async () => {
    const { github, repository, owner } = scene;
    await askAndApprove();
    mergePullRequest(github.world, repository, test.pull, owner);
    await test.app.drain();
    pushFiles(github.world, repository, 'main', { author: owner, remove: ['src/b.py'] });
    const later = openChange(scene, { 'src/b.py': 'FACE:new()\n' }, { branch: 'later' });
    await test.app.drain();
    expect(test.conclusion(later)).toBe('success');
    test.app.time += 11 * DAY_MS;
    await sweep('ended_overrides');
    expect(test.conclusion(later)).toBe('failure');
  });
});
