import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePullRequest, openPullRequest } from './actions/pull-requests.ts';
import { createRepository, forkRepository, pushFiles } from './actions/repositories.ts';
import { openChange, type Scene, startScene } from './scene.ts';

/** What GitHub's description does not say and GitHub does all the same. */

const at = { owner: 'acme', repo: 'widgets' };

let scene: Scene;

const lines = (count: number, changed: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) =>
    changed.includes(index + 1) ? `changed ${index + 1}\n` : `line ${index + 1}\n`,
  ).join('');

beforeEach(async () => {
  scene = await startScene({
    files: {
      'a.txt': lines(60),
      'old-name.txt': lines(40),
      'image.png': Buffer.from([137, 80, 0, 1]),
      'gone.txt': 'gone\n',
    },
    limits: { treeEntries: 8, patch: { lines: 50, bytes: 2000 }, pullRequestFiles: 120, graphqlBlobBytes: 100 },
  });
});

afterEach(() => scene.github.close());

const listFiles = async (number: number) =>
  (await scene.octokit.rest.pulls.listFiles({ ...at, pull_number: number, per_page: 100 })).data;

describe('the files of a pull request', () => {
  it('are told as GitHub tells them', async () => {
    const { number } = openChange(
      scene,
      {
        'a.txt': lines(60, [30]),
        'new-name.txt': lines(40, [2]),
        'image.png': Buffer.from([137, 80, 0, 2]),
        'big.txt': lines(51),
        'copy of gone.txt': 'gone\n',
      },
      { remove: ['old-name.txt', 'gone.txt'] },
    );
    const files = await listFiles(number);
    expect(
      files.map((file) => [file.filename, file.status, file.previous_filename, file.changes, typeof file.patch]),
    ).toEqual([
      ['a.txt', 'modified', undefined, 2, 'string'],
      ['big.txt', 'added', undefined, 51, 'undefined'],
      ['copy of gone.txt', 'renamed', 'gone.txt', 0, 'undefined'],
      ['image.png', 'modified', undefined, 0, 'undefined'],
      ['new-name.txt', 'renamed', 'old-name.txt', 2, 'string'],
    ]);
    expect(files[0]?.patch).toMatch(/^@@ -27,7 \+27,7 @@ line 26\n/);
    expect(scene.github.violations).toEqual([]);
  });

  it('compare with the merge base, whatever happens on the base branch', async () => {
    const { github, repository, developer } = scene;
    const { number } = openChange(scene, { 'b.txt': 'b\n' });
    pushFiles(github.world, repository, 'main', { author: developer, files: { 'a.txt': lines(60, [1]) } });
    expect((await listFiles(number)).map((file) => file.filename)).toEqual(['b.txt']);
  });

  it('end at the limit, though the pull request counts them all', async () => {
    const files = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`many/${index}.txt`, `${index}\n`]));
    const { number } = openChange(scene, files);
    const all = await scene.octokit.paginate(scene.octokit.rest.pulls.listFiles, {
      ...at,
      pull_number: number,
      per_page: 50,
    });
    expect(all).toHaveLength(120);
    expect((await scene.octokit.rest.pulls.get({ ...at, pull_number: number })).data.changed_files).toBe(130);
  });

  it('of a fork are read through the base repository', async () => {
    const { github, repository, developer, octokit } = scene;
    const fork = forkRepository(github.world, repository, developer);
    pushFiles(github.world, fork, 'idea', { author: developer, files: { 'b.txt': 'b\n' } });
    const issue = openPullRequest(github.world, repository, {
      author: developer,
      title: 'Idea',
      head: 'idea',
      headRepository: fork,
    });
    const { data: ref } = await octokit.rest.git.getRef({ ...at, ref: `pull/${issue.number}/head` });
    const { data: tree } = await octokit.rest.git.getTree({ ...at, tree_sha: ref.object.sha });
    expect(tree.tree.map((entry) => entry.path)).toContain('b.txt');
    const { data: run } = await octokit.rest.checks.create({ ...at, name: 'S', head_sha: ref.object.sha });
    expect(run.pull_requests).toEqual([]);
    expect((await octokit.rest.pulls.get({ ...at, pull_number: issue.number })).data.head.label).toBe('developer:idea');
    await expect(octokit.rest.repos.get({ owner: 'developer', repo: 'widgets' })).rejects.toMatchObject({
      status: 404,
    });
    expect(github.violations).toEqual([]);
  });
});

describe('review comments', () => {
  const post = (comments: readonly object[], commit_id?: string) => {
    const { number } = [...scene.repository.issues.values()][0] ?? { number: 0 };
    return scene.octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...at,
      pull_number: number,
      event: 'COMMENT',
      body: 'x',
      comments: comments as [],
      ...(commit_id !== undefined && { commit_id }),
    });
  };
  const good = { path: 'a.txt', line: 10, body: 'x' };

  it.each([
    ['a line outside the hunks', { path: 'a.txt', line: 20, body: 'x' }, 'Line could not be resolved'],
    ['a file that did not change', { path: 'gone.txt', line: 1, body: 'x' }, 'Path could not be resolved'],
    ['a range over two hunks', { path: 'a.txt', start_line: 10, line: 40, body: 'x' }, 'same hunk'],
    ['a range that runs backwards', { path: 'a.txt', start_line: 11, line: 10, body: 'x' }, 'precede'],
    [
      'a line that only the other side has',
      { path: 'b.txt', line: 1, side: 'LEFT', body: 'x' },
      'Line could not be resolved',
    ],
    ['no line', { path: 'a.txt', body: 'x' }, 'Line could not be resolved'],
    ['an empty body', { path: 'a.txt', line: 10, body: '' }, 'body'],
    ['a body that is too long', { path: 'a.txt', line: 10, body: 'x'.repeat(65_537) }, 'too long'],
  ])('refuse the whole review for %s', async (_, bad, message) => {
    openChange(scene, { 'a.txt': lines(60, [10, 40]), 'b.txt': 'b\n' });
    await expect(post([good, bad])).rejects.toMatchObject({ status: 422, message: expect.stringContaining(message) });
    expect(scene.repository.reviews.size).toBe(0);
    expect(scene.repository.reviewComments.size).toBe(0);
  });

  it('take ranges within a hunk and removed lines', async () => {
    openChange(scene, { 'a.txt': lines(60, [10, 40]) });
    await post([
      { path: 'a.txt', start_line: 9, line: 11, body: 'x' },
      { path: 'a.txt', line: 10, side: 'LEFT', body: 'x' },
    ]);
    expect(scene.repository.reviewComments.size).toBe(2);
  });

  it('follow their line over pushes and are outdated when it goes', async () => {
    const { github, repository, developer, octokit } = scene;
    const { number } = openChange(scene, { 'a.txt': lines(60, [30]) });
    await post([{ path: 'a.txt', line: 30, body: 'x' }]);
    const read = async () => (await octokit.rest.pulls.listReviewComments({ ...at, pull_number: number })).data[0];
    pushFiles(github.world, repository, 'change', {
      author: developer,
      files: { 'a.txt': `first\n${lines(60, [30])}` },
    });
    expect(await read()).toMatchObject({ line: 31, original_line: 30 });
    pushFiles(github.world, repository, 'change', { author: developer, files: { 'a.txt': lines(60, [12]) } });
    expect(await read()).toMatchObject({ line: null, position: null, original_line: 30 });
    expect(github.violations).toEqual([]);
  });

  it('refuse a commit that was pushed away', async () => {
    const { github, repository, developer } = scene;
    const { pullRequest } = openChange(scene, { 'a.txt': lines(60, [10]) });
    const old = pullRequest.headSha;
    pushFiles(github.world, repository, 'change', {
      author: developer,
      files: { 'a.txt': lines(60, [10, 11]) },
      onto: pullRequest.baseSha,
    });
    await expect(post([good], old)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('commit_id'),
    });
    await post([good], pullRequest.headSha);
  });
});

describe('check runs', () => {
  const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  const output = (change: object) => ({ title: 't', summary: 's', ...change });
  const many = (count: number) => Array.from({ length: count }, () => annotation);

  it.each([
    ['completed without a conclusion', { status: 'completed' }, false],
    ['a conclusion without a status', { conclusion: 'success' }, true],
    ['51 annotations', { output: output({ annotations: many(51) }) }, false],
    ['50 annotations', { output: output({ annotations: many(50) }) }, true],
    ['a summary that is too long', { output: output({ summary: 'x'.repeat(65_536) }) }, false],
    ['no summary', { output: { title: 't' } }, false],
    ['an unknown level', { output: output({ annotations: [{ ...annotation, annotation_level: 'error' }] }) }, false],
    ['an unknown key', { reason: 'x' }, false],
    ['an unknown key inside', { output: output({ annotations: [{ ...annotation, severity: 1 }] }) }, false],
    [
      'columns over several lines',
      { output: output({ annotations: [{ ...annotation, end_line: 2, start_column: 1 }] }) },
      false,
    ],
    [
      'a title that is too long',
      { output: output({ annotations: [{ ...annotation, title: 'x'.repeat(256) }] }) },
      false,
    ],
    [
      'a message of more than 64 KB',
      { output: output({ annotations: [{ ...annotation, message: 'ä'.repeat(32_769) }] }) },
      false,
    ],
    [
      'four buttons',
      { actions: Array.from({ length: 4 }, () => ({ label: 'l', description: 'd', identifier: 'i' })) },
      false,
    ],
    ['a label that is too long', { actions: [{ label: 'x'.repeat(21), description: 'd', identifier: 'i' }] }, false],
    ['a commit that is not there', { head_sha: '0'.repeat(40) }, false],
  ])('%s', async (_, wish, taken) => {
    const { pullRequest } = openChange(scene, { 'b.txt': 'b\n' });
    const asked = scene.octokit.request('POST /repos/{owner}/{repo}/check-runs', {
      ...at,
      name: 'Sightline',
      head_sha: pullRequest.headSha,
      ...(wish as object),
    });
    if (taken) expect((await asked).status).toBe(201);
    else await expect(asked).rejects.toMatchObject({ status: 422 });
  });

  it('add annotations with each update, and belong to their app', async () => {
    const { octokit, repository, app } = scene;
    const { pullRequest } = openChange(scene, { 'b.txt': 'b\n' });
    const { data: run } = await octokit.rest.checks.create({ ...at, name: 'S', head_sha: pullRequest.headSha });
    const change = { ...at, check_run_id: run.id, output: output({ annotations: many(50) }) as never };
    await octokit.rest.checks.update(change);
    await octokit.rest.checks.update(change);
    expect((await octokit.paginate(octokit.rest.checks.listAnnotations, { ...at, check_run_id: run.id })).length).toBe(
      100,
    );
    const stored = repository.checkRuns.get(run.id);
    if (stored !== undefined) Object.assign(stored, { appId: app.id + 1 });
    await expect(octokit.rest.checks.update(change)).rejects.toMatchObject({ status: 403 });
  });
});

describe('trees and contents', () => {
  it('are cut at the limit and say so', async () => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, '']));
    createRepository(scene.github.world, scene.organisation, 'large', { files });
    const ask = (repo: string) =>
      scene.octokit.rest.git.getTree({ owner: 'acme', repo, tree_sha: 'main', recursive: '1' });
    expect((await ask('large')).data).toMatchObject({ truncated: true, tree: { length: 8 } });
    expect((await ask('widgets')).data.truncated).toBe(false);
  });

  it('follow links, name submodules and leave large files away', async () => {
    createRepository(scene.github.world, scene.organisation, 'odd', {
      files: {
        'docs/a.md': 'a\n',
        'docs/link': { mode: '120000', content: 'a.md' },
        'docs/broken': { mode: '120000', content: '../nowhere' },
        'vendor/lib': { mode: '160000', content: '1'.repeat(40) },
        'large.bin': Buffer.alloc(1024 * 1024 + 1, 65),
      },
    });
    const read = async (path: string) =>
      (await scene.octokit.rest.repos.getContent({ owner: 'acme', repo: 'odd', path })).data;
    expect(await read('docs/link')).toMatchObject({ type: 'file', path: 'docs/link' });
    expect(await read('docs/broken')).toMatchObject({ type: 'symlink', target: '../nowhere' });
    expect(await read('vendor/lib')).toMatchObject({ type: 'submodule' });
    expect(await read('large.bin')).toMatchObject({ encoding: 'none', content: '' });
    const raw = await scene.octokit.rest.repos.getContent({
      owner: 'acme',
      repo: 'odd',
      path: 'large.bin',
      mediaType: { format: 'raw' },
    });
    expect(String(raw.data)).toHaveLength(1024 * 1024 + 1);
    expect(scene.github.violations).toEqual([]);
  });
});

describe('pull requests', () => {
  it('can not be reopened once merged, nor opened over nothing', async () => {
    const { github, repository, developer, octokit } = scene;
    const issue = openChange(scene, { 'b.txt': 'b\n' });
    closePullRequest(github.world, repository, issue, developer.id);
    const reopen = () => octokit.rest.pulls.update({ ...at, pull_number: issue.number, state: 'open' });
    expect((await reopen()).data.state).toBe('open');
    Object.assign(issue.pullRequest, { mergedAt: 1 });
    closePullRequest(github.world, repository, issue, developer.id);
    await expect(reopen()).rejects.toMatchObject({ status: 422 });
    const again = octokit.rest.pulls.create({ ...at, title: 'x', head: 'main', base: 'main' });
    await expect(again).rejects.toMatchObject({ status: 422, message: expect.stringContaining('No commits between') });
  });
});
