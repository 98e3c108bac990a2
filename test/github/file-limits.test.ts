import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePullRequest, openPullRequest } from './actions/pull-requests.ts';
import { createRepository, forkRepository, pushFiles } from './actions/repositories.ts';
import { lines, startLimitsScene } from './limits-scene.ts';
import { openChange, type Scene } from './scene.ts';

/** What GitHub's description does not say and GitHub does all the same. */

const at = { owner: 'acme', repo: 'widgets' };

let scene: Scene;

beforeEach(async () => {
  scene = await startLimitsScene();
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
