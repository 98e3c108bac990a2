import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestAction } from '../github/actions/checks.ts';
import { createIssueComment, deleteIssueComment, editIssueComment } from '../github/actions/comments.ts';
import { mergePullRequest, type PullRequestIssue } from '../github/actions/pull-requests.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import type { Account } from '../github/state.ts';
import { DAY_MS, type DialogueTest, REQUEST, startDialogue } from './dialogue-kit.ts';
import type { TestApp } from './test-app.ts';

let test: DialogueTest;
let app: TestApp;
let pull: PullRequestIssue;
let approver: Account;
let say: DialogueTest['say'];
let conclusion: DialogueTest['conclusion'];
let dialogue: DialogueTest['comment'];
let kinds: DialogueTest['kinds'];

beforeEach(async () => {
  test = await startDialogue();
  ({ app, pull, approver, say, conclusion, comment: dialogue, kinds } = test);
});

afterEach(() => test.end());

describe('the dialogue', () => {
  it('leads from a request over a refused self-approval to a success', async () => {
    const { developer } = app.scene;
    const request = await say(developer, REQUEST);
    expect([...request.reactions.values()].map(({ content }) => content)).toEqual(['+1']);
    expect(dialogue()).toContain('`O1`');
    expect(conclusion()).toBe('failure');
    const selfApproval = await say(developer, '/sightline approve O1');
    expect([...selfApproval.reactions.values()].map(({ content }) => content)).toEqual(['-1']);
    expect(conclusion()).toBe('failure');
    await say(approver, 'Agreed.\n\n/sightline approve O1');
    expect(conclusion()).toBe('success');
    expect(await kinds()).toEqual(['override.requested', 'override.approved']);
    const [requested] = await app.store.ledger.read({ kinds: ['override.requested'] });
    expect(requested?.actorId).toBe(developer.id);
  });

  it('gives the same answer when it was stopped between a decision and its answer', async () => {
    const { state } = app.store;
    const { write } = state;
    let stops = 1;
    Object.assign(state, {
      write: (...[key, change]: Parameters<typeof write>) => {
        if (key.kind === 'exchange' && stops > 0) {
          stops -= 1;
          throw new Error('Stopped');
        }
        return write(key, change);
      },
    });
    await say(app.scene.developer, REQUEST);
    expect(stops).toBe(0);
    expect(dialogue()).toContain('`O1` is asked for. It needs one approval');
    expect(dialogue()).toContain('Who may decide: the team `acme/compliance`');
    expect(await kinds()).toEqual(['override.requested']);
  });

  it('refuses whoever is no member of the team yet', async () => {
    const { developer, organisation } = app.scene;
    organisation.teams.get('compliance')?.members.set(approver.id, { role: 'member', state: 'pending' });
    await say(developer, REQUEST);
    await say(approver, '/sightline approve O1');
    expect(conclusion()).toBe('failure');
    expect(await kinds()).toEqual(['override.requested']);
  });

  it('refuses a co-author of a commit, and whoever pushed last', async () => {
    const { github, repository, developer } = app.scene;
    await say(developer, REQUEST);
    const message = `More\n\nCo-authored-by: A <${approver.id}+approver@users.noreply.github.com>`;
    pushFiles(github.world, repository, 'change', { author: developer, files: { 'a.txt': 'x' }, message });
    await say(approver, '/sightline approve O1');
    expect(dialogue()).toContain('you wrote or committed part of this pull request');
    expect(await kinds()).toEqual(['override.requested']);
  });

  it.each([
    [
      'edited',
      (id: number) => editIssueComment(app.scene.github.world, app.scene.repository, commentBy(id), 'No.', approver.id),
    ],
    [
      'deleted',
      (id: number) => deleteIssueComment(app.scene.github.world, app.scene.repository, commentBy(id), approver.id),
    ],
  ])('takes an approval back when its comment is %s', async (_, change) => {
    await say(app.scene.developer, REQUEST);
    const approval = await say(approver, '/sightline approve O1');
    expect(conclusion()).toBe('success');
    change(approval.id);
    await app.drain();
    expect(conclusion()).toBe('failure');
    expect(await kinds()).toEqual(['override.requested', 'override.approved', 'override.approval_voided']);
  });

  it('approves nothing that was pushed a moment before', async () => {
    const { github, repository, developer } = app.scene;
    await say(developer, REQUEST);
    app.push({ 'src/b.py': 'FACE:other()\n' });
    createIssueComment(github.world, repository, pull, { accountId: approver.id }, '/sightline approve O1');
    await app.drain();
    expect(conclusion()).toBe('failure');
    expect(await kinds()).not.toContain('override.approved');
  });

  it('approves nothing that is pushed a moment later', async () => {
    const { github, repository, developer } = app.scene;
    await say(developer, REQUEST);
    createIssueComment(github.world, repository, pull, { accountId: approver.id }, '/sightline approve O1');
    await app.step();
    app.push({ 'src/b.py': 'FACE:new()\nFACE:other()\n' });
    await app.drain();
    expect(conclusion()).toBe('failure');
  });

  it('takes an approval back when the approver has left the team, at the next evaluation', async () => {
    await say(app.scene.developer, REQUEST);
    await say(approver, '/sightline approve O1');
    app.scene.organisation.teams.get('compliance')?.members.delete(approver.id);
    await app.mark({ kind: 'pull_request', number: pull.number });
    await app.drain();
    expect(conclusion()).toBe('failure');
  });

  it('ends an override at its time', async () => {
    await say(app.scene.developer, REQUEST);
    await say(approver, '/sightline approve O1');
    app.time += 12 * DAY_MS;
    await app.mark({ kind: 'pull_request', number: pull.number });
    await app.drain();
    expect(conclusion()).toBe('failure');
    expect((await kinds()).at(-1)).toBe('override.expired');
  });

  it('keeps an override over a push that does not touch what it covers', async () => {
    const { github, repository, developer } = app.scene;
    await say(developer, REQUEST);
    await say(approver, '/sightline approve O1');
    const headSha = pushFiles(github.world, repository, 'change', { author: developer, files: { 'a.txt': 'x' } });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)?.conclusion).toBe('success');
  });

  it('lets an override live on after the merge', async () => {
    const { github, repository, developer, owner } = app.scene;
    await say(developer, REQUEST);
    await say(approver, '/sightline approve O1');
    mergePullRequest(github.world, repository, pull, owner);
    await app.drain();
    expect((await kinds()).at(-1)).toBe('override.merged');
  });

  it('hears no bot, no quote, and no command that was edited in', async () => {
    const { github, repository, developer, app: own } = app.scene;
    createIssueComment(github.world, repository, pull, { accountId: own.botId, viaAppId: own.id }, REQUEST);
    await say(developer, `> ${REQUEST}`);
    const harmless = await say(developer, 'Nothing');
    editIssueComment(github.world, repository, harmless, REQUEST, developer.id);
    await app.drain();
    expect(await kinds()).toEqual([]);
  });

  it('answers a misspelt command once, with what to write', async () => {
    const { developer } = app.scene;
    await say(developer, '/sightline overide F1');
    expect(dialogue()).toContain('/sightline override F3');
  });

  it('judges again when asked to', async () => {
    await say(app.scene.developer, '/sightline recheck');
    expect(app.runsOn(pull.pullRequest.headSha)).toHaveLength(2);
  });

  it('opens for whoever presses the button, and approves nothing by it', async () => {
    const { github, repository } = app.scene;
    const [run] = app.runsOn(pull.pullRequest.headSha);
    if (!run) throw new Error('no run');
    Object.assign(run, { actions: [{ label: 'x', description: 'x', identifier: 'override' }] });
    requestAction(github.world, repository, run, 'override', approver.id);
    await app.drain();
    expect(dialogue()).toContain('approver');
    expect(await kinds()).toEqual([]);
  });

  it('says nothing twice', async () => {
    await say(app.scene.developer, REQUEST);
    const before = dialogue();
    app.time += 3 * DAY_MS;
    await app.mark({ kind: 'pull_request', number: pull.number });
    await app.drain();
    expect(dialogue()).toBe(before);
  });
});

function commentBy(id: number) {
  const comment = app.scene.repository.issueComments.get(id);
  if (!comment) throw new Error('no comment');
  return comment;
}
