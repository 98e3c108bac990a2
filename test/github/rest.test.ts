import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIssueComment } from './actions/comments.ts';
import { openChange, type Scene, startScene } from './scene.ts';

let scene: Scene;

const at = () => ({ owner: 'acme', repo: 'widgets' });

beforeEach(async () => {
  scene = await startScene({ files: { 'README.md': '# Widgets\n', 'src/a.ts': lines(20), 'docs/b.md': 'b\n' } });
});

afterEach(async () => {
  expect(scene.github.violations).toEqual([]);
  await scene.github.close();
});

function lines(count: number, change?: (line: number) => string | undefined): string {
  return Array.from({ length: count }, (_, index) => `${change?.(index + 1) ?? `line ${index + 1}`}\n`).join('');
}

describe("every operation answers in GitHub's form", () => {
  it('tells apps of themselves, their installations and repositories', async () => {
    const { octokit, appOctokit, installation } = scene;
    expect((await appOctokit.rest.apps.getAuthenticated()).data?.slug).toBe('sightline-test');
    expect((await appOctokit.rest.apps.listInstallations()).data).toHaveLength(1);
    expect((await appOctokit.rest.apps.getRepoInstallation(at())).data.id).toBe(installation.id);
    expect((await appOctokit.rest.apps.getOrgInstallation({ org: 'acme' })).data.id).toBe(installation.id);
    expect((await octokit.rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(1);
    expect((await octokit.rest.repos.get(at())).data.full_name).toBe('acme/widgets');
    expect((await octokit.rest.rateLimit.get()).data.rate.limit).toBe(5000);
  });

  it('reads trees, blobs, contents, commits', async () => {
    const { octokit } = scene;
    const tree = await octokit.rest.git.getTree({ ...at(), tree_sha: 'main', recursive: '1' });
    expect(tree.data.tree.map((entry) => entry.path)).toEqual(['README.md', 'docs', 'docs/b.md', 'src', 'src/a.ts']);
    const sha = tree.data.tree.find((entry) => entry.path === 'docs/b.md')?.sha ?? '';
    const blob = await octokit.rest.git.getBlob({ ...at(), file_sha: sha });
    expect(Buffer.from(blob.data.content, 'base64').toString()).toBe('b\n');
    const content = await octokit.rest.repos.getContent({ ...at(), path: 'docs/b.md' });
    expect(content.data).toMatchObject({ type: 'file', encoding: 'base64' });
    expect((await octokit.rest.repos.getContent({ ...at(), path: '' })).data).toHaveLength(3);
    expect((await octokit.rest.repos.getBranch({ ...at(), branch: 'main' })).data.protected).toBe(false);
    expect((await octokit.rest.repos.listBranches(at())).data).toHaveLength(1);
    expect((await octokit.rest.repos.listCommits(at())).data).toHaveLength(1);
    expect((await octokit.rest.git.getRef({ ...at(), ref: 'heads/main' })).data.object.type).toBe('commit');
  });

  it('shows a pull request, its files and commits', async () => {
    const { octokit } = scene;
    const { number } = openChange(
      scene,
      { 'src/a.ts': lines(20, (line) => (line === 3 ? 'new' : undefined)) },
      { remove: ['docs'] },
    );
    const { data } = await octokit.rest.pulls.get({ ...at(), pull_number: number });
    expect(data).toMatchObject({ changed_files: 2, commits: 1, additions: 1, deletions: 2, state: 'open' });
    const files = await octokit.rest.pulls.listFiles({ ...at(), pull_number: number });
    expect(files.data.map(({ filename, status }) => [filename, status])).toEqual([
      ['docs/b.md', 'removed'],
      ['src/a.ts', 'modified'],
    ]);
    expect(files.data[1]?.patch).toBe('@@ -1,6 +1,6 @@\n line 1\n line 2\n-line 3\n+new\n line 4\n line 5\n line 6');
    expect((await octokit.rest.pulls.listCommits({ ...at(), pull_number: number })).data).toHaveLength(1);
    expect((await octokit.rest.pulls.list(at())).data).toHaveLength(1);
    const compared = await octokit.rest.repos.compareCommitsWithBasehead({ ...at(), basehead: 'main...change' });
    expect(compared.data).toMatchObject({ status: 'ahead', ahead_by: 1 });
    const { data: commit } = await octokit.rest.repos.getCommit({ ...at(), ref: 'change' });
    expect(commit.files).toHaveLength(2);
    const associated = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...at(),
      commit_sha: data.head.sha,
    });
    expect(associated.data.map((pull) => pull.number)).toEqual([number]);
  });

  it('writes check runs, appending annotations', async () => {
    const { octokit } = scene;
    const { number, pullRequest } = openChange(scene, { 'src/a.ts': lines(21) });
    const annotation = {
      path: 'src/a.ts',
      start_line: 1,
      end_line: 1,
      annotation_level: 'failure' as const,
      message: 'm',
    };
    const output = { title: 't', summary: 's', annotations: [annotation] };
    const { data: run } = await octokit.rest.checks.create({
      ...at(),
      name: 'Sightline',
      head_sha: pullRequest.headSha,
      output,
    });
    expect(run.pull_requests.map((pull) => pull.number)).toEqual([number]);
    const done = { ...at(), check_run_id: run.id, status: 'completed', conclusion: 'failure', output } as const;
    expect((await octokit.rest.checks.update(done)).data.output.annotations_count).toBe(2);
    expect((await octokit.rest.checks.listAnnotations({ ...at(), check_run_id: run.id })).data).toHaveLength(2);
    expect((await octokit.rest.checks.listForRef({ ...at(), ref: pullRequest.headSha })).data.total_count).toBe(1);
    expect((await octokit.rest.checks.listSuitesForRef({ ...at(), ref: 'change' })).data.total_count).toBe(1);
    const suite = run.check_suite?.id ?? 0;
    expect((await octokit.rest.checks.getSuite({ ...at(), check_suite_id: suite })).data.conclusion).toBe('failure');
    expect((await octokit.rest.checks.listForSuite({ ...at(), check_suite_id: suite })).data.total_count).toBe(1);
  });

  it('writes reviews, comments, replies and reactions', async () => {
    const { octokit, github, repository, developer } = scene;
    const issue = openChange(scene, { 'src/a.ts': lines(20, (line) => (line === 3 ? 'new' : undefined)) });
    const pull = { ...at(), pull_number: issue.number };
    const comments = [{ path: 'src/a.ts', line: 3, body: 'Here.' }];
    const { data: review } = await octokit.rest.pulls.createReview({
      ...pull,
      event: 'COMMENT',
      body: 'Look.',
      comments,
    });
    expect(review.user?.type).toBe('Bot');
    const { data: posted } = await octokit.rest.pulls.listReviewComments(pull);
    expect(posted[0]).toMatchObject({ line: 3, side: 'RIGHT', position: 4, pull_request_review_id: review.id });
    expect((await octokit.rest.pulls.listCommentsForReview({ ...pull, review_id: review.id })).data).toHaveLength(1);
    const reply = await octokit.rest.pulls.createReplyForReviewComment({
      ...pull,
      comment_id: posted[0]?.id ?? 0,
      body: 'Re.',
    });
    expect(reply.data.in_reply_to_id).toBe(posted[0]?.id);
    const file = {
      ...pull,
      path: 'src/a.ts',
      subject_type: 'file',
      body: 'All.',
      commit_id: issue.pullRequest.headSha,
    } as const;
    expect((await octokit.rest.pulls.createReviewComment(file)).data.subject_type).toBe('file');
    expect((await octokit.rest.pulls.listReviews(pull)).data).toHaveLength(3);
    const comment = createIssueComment(
      github.world,
      repository,
      issue,
      { accountId: developer.id },
      '/sightline status',
    );
    const reaction = { ...at(), comment_id: comment.id, content: 'eyes' } as const;
    expect((await octokit.rest.reactions.createForIssueComment(reaction)).status).toBe(201);
    expect((await octokit.rest.reactions.createForIssueComment(reaction)).status).toBe(200);
    const own = await octokit.rest.issues.createComment({ ...at(), issue_number: issue.number, body: 'Noted.' });
    expect(own.data.performed_via_github_app?.slug).toBe('sightline-test');
    await octokit.rest.issues.updateComment({ ...at(), comment_id: own.data.id, body: 'Noted again.' });
    expect((await octokit.rest.issues.listComments({ ...at(), issue_number: issue.number })).data).toHaveLength(2);
  });

  it('tells of people', async () => {
    const { octokit } = scene;
    const permission = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at(), username: 'developer' });
    expect(permission.data).toMatchObject({ permission: 'write', role_name: 'write' });
    expect((await octokit.rest.users.getByUsername({ username: 'developer' })).data.type).toBe('User');
    expect((await octokit.rest.orgs.getMembershipForUser({ org: 'acme', username: 'owner' })).data.role).toBe('admin');
    expect((await octokit.rest.orgs.get({ org: 'acme' })).data.login).toBe('acme');
    expect((await octokit.rest.repos.listCollaborators(at())).data).toHaveLength(2);
  });
});
