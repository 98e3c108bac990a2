import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from './actions/accounts.ts';
import { createUserToken } from './actions/apps.ts';
import { createIssueComment } from './actions/comments.ts';
import type { PullRequestIssue } from './actions/pull-requests.ts';
import { addRuleset, createRepository, protectBranch } from './actions/repositories.ts';
import { createReview } from './actions/reviews.ts';
import { description } from './contract/description.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { openChange, type Scene, startScene } from './scene.ts';

/** Every operation that the local GitHub has is asked for once, so that each answer was held against GitHub's description. */

const at = { owner: 'acme', repo: 'widgets' };

let receiver: Receiver;
let scene: Scene;
let issue: PullRequestIssue;

beforeAll(async () => {
  receiver = await startReceiver();
  scene = await startScene({
    files: {
      'README.md': '# Widgets\n',
      'src/a.ts': 'one\ntwo\nthree\n',
      link: { mode: '120000', content: 'README.md' },
    },
    app: {
      hookUrl: receiver.url,
      permissions: {
        checks: 'write',
        contents: 'write',
        issues: 'write',
        members: 'read',
        pull_requests: 'write',
        merge_queues: 'read',
        administration: 'read',
      },
    },
  });
  issue = openChange(scene, { 'src/a.ts': 'one\n2\nthree\n' });
});

afterAll(async () => {
  await scene.github.deliveries.settled();
  await scene.github.close();
  await receiver.close();
});

describe('every operation', () => {
  it('of apps', async () => {
    const { octokit, appOctokit, installation, github, owner } = scene;
    const { rest } = appOctokit;
    await rest.apps.getAuthenticated();
    await octokit.rest.apps.getBySlug({ app_slug: 'sightline-test' });
    await rest.apps.listInstallations();
    await rest.apps.getInstallation({ installation_id: installation.id });
    await rest.apps.getRepoInstallation(at);
    await rest.apps.getOrgInstallation({ org: 'acme' });
    await expect(rest.apps.getUserInstallation({ username: 'developer' })).rejects.toMatchObject({ status: 404 });
    await octokit.rest.apps.listReposAccessibleToInstallation();
    await rest.apps.getWebhookConfigForApp();
    await rest.apps.updateWebhookConfigForApp({ content_type: 'json' });
    await github.deliveries.settled();
    const { data } = await rest.apps.listWebhookDeliveries();
    await rest.apps.getWebhookDelivery({ delivery_id: Number(data[0]?.id) });
    await rest.apps.redeliverWebhookDelivery({ delivery_id: Number(data[0]?.id) });
    await rest.apps.suspendInstallation({ installation_id: installation.id });
    await rest.apps.unsuspendInstallation({ installation_id: installation.id });
    const token = await rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      repositories: ['widgets'],
    });
    const authorization = `token ${token.data.token}`;
    await fetch(`${github.url}/api/v3/installation/token`, { method: 'DELETE', headers: { authorization } });
    github.world.manifestCodes.set('c0de', { appId: scene.app.id, privateKey: scene.privateKey });
    const made = await fetch(`${github.url}/api/v3/app-manifests/c0de/conversions`, { method: 'POST' });
    expect(await made.json()).toMatchObject({ id: scene.app.id, pem: scene.privateKey });
    await octokit.rest.rateLimit.get();
    await octokit.rest.meta.get();
    const headers = { authorization: `token ${createUserToken(github.world, owner)}` };
    const user = await fetch(`${github.url}/api/v3/user`, { headers });
    expect(await user.json()).toMatchObject({ login: 'owner' });
  });

  it('of repositories', async () => {
    const { rest } = scene.octokit;
    const { id } = addRuleset(scene.github.world, scene.repository, {
      name: 'Main',
      enforcement: 'active',
      branches: ['~DEFAULT_BRANCH'],
      requiredChecks: [{ context: 'Sightline', appId: scene.app.id }],
    });
    protectBranch(scene.repository, 'main', { requiredChecks: [{ context: 'Sightline', appId: scene.app.id }] });
    await rest.repos.get(at);
    await rest.repos.listForOrg({ org: 'acme' });
    for (const path of ['src/a.ts', 'src', 'link']) await rest.repos.getContent({ ...at, path });
    await rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'developer' });
    await rest.repos.checkCollaborator({ ...at, username: 'developer' });
    await rest.repos.listCollaborators(at);
    expect((await rest.repos.getBranch({ ...at, branch: 'main' })).data.protected).toBe(true);
    await rest.repos.listBranches(at);
    const { data: pushes } = await rest.repos.listActivities({ ...at, ref: 'change' });
    expect(pushes).toMatchObject([
      { activity_type: 'branch_creation', after: issue.pullRequest.headSha, actor: { login: 'developer' } },
    ]);
    await rest.repos.getBranchProtection({ ...at, branch: 'main' });
    expect((await rest.repos.getBranchRules({ ...at, branch: 'main' })).data).toMatchObject([
      { type: 'required_status_checks' },
    ]);
    await rest.repos.getRepoRulesets(at);
    await rest.repos.getRepoRuleset({ ...at, ruleset_id: id });
    await rest.repos.compareCommitsWithBasehead({ ...at, basehead: 'main...change' });
    await rest.repos.listCommits({ ...at, sha: 'change', path: 'src/a.ts' });
    await rest.repos.getCommit({ ...at, ref: 'change' });
    await rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: issue.pullRequest.headSha });
    expect((await rest.repos.downloadTarballArchive({ ...at, ref: 'main' })).status).toBe(200);
    expect((await rest.repos.downloadZipballArchive({ ...at, ref: 'main' })).status).toBe(200);
  });

  it('of the git database', async () => {
    const { git } = scene.octokit.rest;
    const tree = await git.getTree({ ...at, tree_sha: 'main' });
    const blob = await git.createBlob({ ...at, content: 'new\n' });
    await git.getBlob({ ...at, file_sha: blob.data.sha });
    const entry = { path: 'new.txt', mode: '100644', type: 'blob', sha: blob.data.sha } as const;
    const grown = await git.createTree({ ...at, base_tree: tree.data.sha, tree: [entry] });
    const parents = [scene.repository.refs.get('refs/heads/main') ?? ''];
    const commit = await git.createCommit({ ...at, message: 'Grow', tree: grown.data.sha, parents });
    await git.getCommit({ ...at, commit_sha: commit.data.sha });
    await git.createRef({ ...at, ref: 'refs/heads/grown', sha: parents[0] ?? '' });
    await git.updateRef({ ...at, ref: 'heads/grown', sha: commit.data.sha });
    await git.getRef({ ...at, ref: 'heads/grown' });
    expect((await git.listMatchingRefs({ ...at, ref: 'heads/' })).data).toHaveLength(3);
    await git.deleteRef({ ...at, ref: 'heads/grown' });
  });

  it('of checks', async () => {
    const { checks } = scene.octokit.rest;
    const head_sha = issue.pullRequest.headSha;
    const { data: run } = await checks.create({ ...at, name: 'Sightline', head_sha, status: 'in_progress' });
    const output = { title: 't', summary: 's', annotations: [] };
    await checks.update({ ...at, check_run_id: run.id, conclusion: 'success', output });
    await checks.get({ ...at, check_run_id: run.id });
    await checks.listAnnotations({ ...at, check_run_id: run.id });
    await checks.rerequestRun({ ...at, check_run_id: run.id });
    await checks.listForRef({ ...at, ref: 'change' });
    const suite = { ...at, check_suite_id: run.check_suite?.id ?? 0 };
    await checks.getSuite(suite);
    await checks.listForSuite(suite);
    await checks.rerequestSuite(suite);
    await checks.listSuitesForRef({ ...at, ref: 'change' });
    await checks.createSuite({ ...at, head_sha });
  });

  it('of pull requests and reviews', async () => {
    const { github, repository, developer, owner, octokit } = scene;
    const { pulls } = octokit.rest;
    const pull = { ...at, pull_number: issue.number };
    await pulls.list(at);
    await pulls.get(pull);
    await pulls.listFiles(pull);
    await pulls.listCommits(pull);
    await pulls.update({ ...pull, title: 'Another title' });
    const { data: pending } = await pulls.createReview({
      ...pull,
      comments: [{ path: 'src/a.ts', line: 2, body: 'Why?' }],
    });
    const review = { ...pull, review_id: pending.id };
    await pulls.submitReview({ ...review, event: 'COMMENT', body: 'Read.' });
    await pulls.getReview(review);
    await pulls.updateReview({ ...review, body: 'Read again.' });
    await pulls.listReviews(pull);
    const { data: own } = await pulls.listCommentsForReview(review);
    const comment = { ...at, comment_id: own[0]?.id ?? 0 };
    await pulls.createReplyForReviewComment({ ...comment, pull_number: issue.number, body: 'Because.' });
    const commit_id = issue.pullRequest.headSha;
    await pulls.createReviewComment({ ...pull, commit_id, path: 'src/a.ts', line: 2, side: 'LEFT', body: 'Before.' });
    await pulls.listReviewComments(pull);
    await pulls.listReviewCommentsForRepo(at);
    await pulls.getReviewComment(comment);
    await pulls.updateReviewComment({ ...comment, body: 'Why, then?' });
    const { reactions } = octokit.rest;
    const { data: reaction } = await reactions.createForPullRequestReviewComment({ ...comment, content: 'eyes' });
    await reactions.listForPullRequestReviewComment(comment);
    await reactions.deleteForPullRequestComment({ ...comment, reaction_id: reaction.id });
    await pulls.deleteReviewComment(comment);
    const approval = createReview(github.world, repository, issue, { accountId: owner.id }, { event: 'APPROVE' });
    await pulls.dismissReview({ ...pull, review_id: approval.id, message: 'Too early.' });
    const sha = repository.refs.get('refs/heads/main') ?? '';
    repository.refs.set('refs/heads/empty', sha);
    await expect(pulls.create({ ...at, title: 'Nothing', head: 'empty', base: 'main' })).rejects.toMatchObject({
      status: 422,
    });
    expect((await pulls.create({ ...at, title: 'Twice', head: 'change', base: 'empty' })).data.number).toBe(
      issue.number + 1,
    );
    expect(developer.login).toBe('developer');
  });

  it('of issues, comments and reactions', async () => {
    const { issues, reactions } = scene.octokit.rest;
    const { data: opened } = await issues.create({
      ...at,
      title: 'Register',
      body: 'Of exceptions',
      labels: ['sightline'],
    });
    const number = { ...at, issue_number: opened.number };
    await issues.get(number);
    await issues.update({ ...number, state: 'closed', state_reason: 'completed' });
    await issues.listForRepo({ ...at, state: 'all', labels: 'sightline' });
    const { data: comment } = await issues.createComment({ ...number, body: 'Hello' });
    createIssueComment(scene.github.world, scene.repository, issue, { accountId: scene.developer.id }, 'Hello too');
    await issues.listComments(number);
    await issues.listCommentsForRepo(at);
    const own = { ...at, comment_id: comment.id };
    await issues.getComment(own);
    await issues.updateComment({ ...own, body: 'Hello again' });
    const { data: reaction } = await reactions.createForIssueComment({ ...own, content: '+1' });
    await reactions.listForIssueComment(own);
    await reactions.deleteForIssueComment({ ...own, reaction_id: reaction.id });
    await issues.deleteComment(own);
  });

  it('of people', async () => {
    const { octokit, github, organisation, developer } = scene;
    createTeam(github.world, organisation, 'compliance', { members: [developer] });
    const team = { org: 'acme', team_slug: 'compliance' };
    await octokit.rest.teams.getByName(team);
    await octokit.rest.teams.getMembershipForUserInOrg({ ...team, username: 'developer' });
    await octokit.rest.teams.listMembersInOrg(team);
    await octokit.rest.orgs.get({ org: 'acme' });
    await octokit.rest.orgs.getMembershipForUser({ org: 'acme', username: 'owner' });
    await octokit.rest.orgs.checkMembershipForUser({ org: 'acme', username: 'owner' });
    await octokit.rest.orgs.listMembers({ org: 'acme' });
    await octokit.rest.users.getByUsername({ username: 'developer' });
    await octokit.rest.users.getById({ account_id: developer.id });
  });

  it('was asked for, and every answer was as GitHub describes it', async () => {
    createRepository(scene.github.world, scene.organisation, 'spare');
    await scene.appOctokit.rest.apps.deleteInstallation({ installation_id: scene.installation.id });
    const asked = new Set(scene.github.requests.map((request) => request.operation));
    // Those of code scanning are asked for, and held against the description, in their own test.
    const all = Object.keys(description.operations).filter((operation) => !operation.startsWith('code-scanning/'));
    expect(all.filter((operation) => !asked.has(operation))).toEqual([]);
    expect(scene.github.violations).toEqual([]);
  });
});
