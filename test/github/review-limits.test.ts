import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushFiles } from './actions/repositories.ts';
import { lines, startLimitsScene } from './limits-scene.ts';
import { openChange, type Scene } from './scene.ts';

/** What GitHub's description does not say and GitHub does all the same. */

const at = { owner: 'acme', repo: 'widgets' };

let scene: Scene;

beforeEach(async () => {
  scene = await startLimitsScene();
});

afterEach(() => scene.github.close());

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
