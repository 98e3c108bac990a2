import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createUser } from './actions/accounts.ts';
import { acceptPermissions, changeRepositories, suspendInstallation, uninstallApp } from './actions/apps.ts';
import { tellOfSuite } from './actions/check-suites.ts';
import { createCheckRun, requestAction, rerequestRun } from './actions/checks.ts';
import { createIssueComment, deleteIssueComment, editIssueComment } from './actions/comments.ts';
import { createIssue, updateIssue } from './actions/issues.ts';
import { destroyMergeGroup, enqueue } from './actions/merge-groups.ts';
import {
  closePullRequest,
  editPullRequest,
  mergePullRequest,
  reopenPullRequest,
  setDraft,
} from './actions/pull-requests.ts';
import { deleteRepository, pushFiles, renameRepository, transferRepository } from './actions/repositories.ts';
import {
  createReview,
  createReviewComment,
  replyToReviewComment,
  tellOfComment,
  tellOfReview,
} from './actions/reviews.ts';
import { receivingScene } from './receiving-scene.ts';
import { openChange } from './scene.ts';

const current = receivingScene();

async function listReceived(): Promise<string[]> {
  const { scene } = current();
  await scene.github.deliveries.settled();
  const names = scene.github.deliveries.log.map(({ event, action }) =>
    action === null ? event : `${event}.${action}`,
  );
  return [...new Set(names)].sort();
}

describe('webhooks', () => {
  it('are signed and carry the headers that GitHub sends', async () => {
    const { scene, receiver } = current();
    await scene.github.deliveries.settled();
    const { headers, body } = receiver.received[0] ?? { headers: {}, body: '' };
    const signature = createHmac('sha256', 'scene-secret').update(body).digest('hex');
    expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    expect(headers['x-github-event']).toBe('installation');
    expect(headers['x-github-delivery']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(headers['x-github-hook-installation-target-id']).toBe(String(scene.app.id));
    expect(headers['x-github-hook-installation-target-type']).toBe('integration');
    expect(headers['user-agent']).toMatch(/^GitHub-Hookshot\//);
  });

  it('tell of all that happens to a pull request', async () => {
    const { scene } = current();
    const { github, repository, developer, owner } = scene;
    const issue = openChange(scene, { 'a.txt': 'a\n' }, { draft: true });
    pushFiles(github.world, repository, 'change', { author: developer, files: { 'a.txt': 'b\n' } });
    pushFiles(github.world, repository, 'release', { author: developer, files: { 'c.txt': 'c\n' } });
    setDraft(github.world, repository, issue, false, developer.id);
    setDraft(github.world, repository, issue, true, developer.id);
    editPullRequest(github.world, repository, issue, { title: 'New', body: 'Body', base: 'release' }, developer.id);
    closePullRequest(github.world, repository, issue, developer.id);
    reopenPullRequest(github.world, repository, issue, developer.id);
    const group = enqueue(github.world, repository, [issue], owner);
    destroyMergeGroup(github.world, repository, group, 'merged', owner);
    mergePullRequest(github.world, repository, issue, owner);
    expect(await listReceived()).toEqual([
      'check_suite.requested',
      'installation.created',
      'merge_group.checks_requested',
      'merge_group.destroyed',
      'pull_request.closed',
      'pull_request.converted_to_draft',
      'pull_request.edited',
      'pull_request.opened',
      'pull_request.ready_for_review',
      'pull_request.reopened',
      'pull_request.synchronize',
      'push',
    ]);
  });

  it.each([
    ['a line', { path: 'a.txt', line: 1, body: 'Why?' }],
    ['a whole file', { path: 'a.txt', subject_type: 'file', body: 'Why?' }],
  ] as const)('tell of comments, reviews and threads on %s', async (_, wish) => {
    const { scene } = current();
    const { github, repository, developer, owner, octokit } = scene;
    const { world } = github;
    const issue = openChange(scene, { 'a.txt': 'a\n' });
    const author = { accountId: owner.id };
    const comment = createIssueComment(world, repository, issue, author, 'Hello');
    editIssueComment(world, repository, comment, 'Hello again', developer.id);
    deleteIssueComment(world, repository, comment, developer.id);
    const review = createReview(world, repository, issue, author, {
      event: 'REQUEST_CHANGES',
      body: 'No.',
      comments: [{ path: 'a.txt', line: 1, body: 'Why?' }],
    });
    tellOfReview(world, repository, issue, review, 'dismissed', owner.id);
    const single = createReviewComment(world, repository, issue, author, issue.pullRequest.headSha, wish);
    replyToReviewComment(world, repository, issue, { accountId: developer.id }, single, 'Because.');
    tellOfComment(world, repository, issue, single, 'edited', owner.id, { changes: { body: { from: 'x' } } });
    tellOfComment(world, repository, issue, single, 'deleted', owner.id);
    const { repository: answer } = await octokit.graphql<{
      repository: { pullRequest: { reviewThreads: { nodes: { id: string; isResolved: boolean }[] } } };
    }>(
      'query($n: Int!) { repository(owner: "acme", name: "widgets") { pullRequest(number: $n) { reviewThreads(last: 1) { nodes { id isResolved } } } } }',
      { n: issue.number },
    );
    const threadId = answer.pullRequest.reviewThreads.nodes[0]?.id;
    const set = (name: string) =>
      octokit.graphql(`mutation($t: ID!) { ${name}(input: {threadId: $t}) { thread { isResolved } } }`, {
        t: threadId,
      });
    expect(await set('resolveReviewThread')).toEqual({ resolveReviewThread: { thread: { isResolved: true } } });
    expect(await set('unresolveReviewThread')).toEqual({ unresolveReviewThread: { thread: { isResolved: false } } });
    expect(await listReceived()).toEqual([
      'check_suite.requested',
      'installation.created',
      'issue_comment.created',
      'issue_comment.deleted',
      'issue_comment.edited',
      'pull_request.opened',
      'pull_request_review.dismissed',
      'pull_request_review.submitted',
      'pull_request_review_comment.created',
      'pull_request_review_comment.deleted',
      'pull_request_review_comment.edited',
      'pull_request_review_thread.resolved',
      'pull_request_review_thread.unresolved',
      'push',
    ]);
  });

  it('tell of checks, issues, installations and repositories', async () => {
    const { scene } = current();
    const { github, repository, developer, owner, organisation, app, installation } = scene;
    const { world } = github;
    const { pullRequest } = openChange(scene, { 'a.txt': 'a\n' });
    const actions = [{ label: 'Re-run', description: 'Again', identifier: 'rerun' }];
    const run = createCheckRun(world, repository, app.id, pullRequest.headSha, {
      name: 'S',
      conclusion: 'success',
      actions,
    });
    rerequestRun(world, repository, run, developer.id);
    requestAction(world, repository, run, 'rerun', developer.id);
    const suite = repository.checkSuites.get(run.suiteId);
    if (suite !== undefined) tellOfSuite(world, repository, suite, 'rerequested', developer.id);
    const issue = createIssue(world, repository, { accountId: owner.id }, { title: 'An issue', labels: ['bug'] });
    updateIssue(world, repository, issue, { title: 'Still', state: 'closed' }, owner.id);
    suspendInstallation(world, installation, true, owner.id);
    suspendInstallation(world, installation, false, owner.id);
    acceptPermissions(world, installation, app, owner);
    changeRepositories(world, installation, { remove: [repository] }, owner);
    changeRepositories(world, installation, { add: [repository] }, owner);
    renameRepository(world, repository, 'gadgets', owner);
    deleteRepository(world, repository, owner);
    uninstallApp(world, installation, owner);
    expect(organisation.type).toBe('Organization');
    expect(await listReceived()).toEqual([
      'check_run.completed',
      'check_run.created',
      'check_run.requested_action',
      'check_run.rerequested',
      'check_suite.completed',
      'check_suite.requested',
      'check_suite.rerequested',
      'installation.created',
      'installation.deleted',
      'installation.new_permissions_accepted',
      'installation.suspend',
      'installation.unsuspend',
      'installation_repositories.added',
      'installation_repositories.removed',
      'issues.closed',
      'issues.edited',
      'issues.opened',
      'pull_request.opened',
      'push',
      'repository.deleted',
      'repository.renamed',
    ]);
  });

  it('tell the new owner of a transferred repository', async () => {
    const { scene } = current();
    const { github, repository, owner, organisation } = scene;
    transferRepository(github.world, repository, createUser(github.world, 'buyer'), owner);
    transferRepository(github.world, repository, organisation, owner);
    expect(await listReceived()).toContain('repository.transferred');
  });

  it('go only where an app is installed, subscribed and permitted', async () => {
    const { scene } = current();
    const { github, repository, installation, owner } = scene;
    Object.assign(installation, {
      events: ['push', 'pull_request'],
      permissions: { metadata: 'read', contents: 'read' },
    });
    openChange(scene, { 'a.txt': 'a\n' });
    suspendInstallation(github.world, installation, true, owner.id);
    pushFiles(github.world, repository, 'other', { author: owner, files: { 'b.txt': 'b\n' } });
    expect(await listReceived()).toEqual(['installation.created', 'installation.suspend', 'push']);
    expect(github.deliveries.log.filter((delivery) => delivery.event === 'push')).toHaveLength(1);
  });
});
