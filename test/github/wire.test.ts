import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken } from './actions/apps.ts';
import { createRepository } from './actions/repositories.ts';
import { description } from './contract/description.ts';
import { matchOperation } from './contract/match-operation.ts';
import { type Fault, secondaryLimit } from './faults.ts';
import { type Scene, startScene } from './scene.ts';

const at = { owner: 'acme', repo: 'widgets' };

let now: number;
let scene: Scene;

beforeEach(async () => {
  now = Date.now();
  scene = await startScene({
    clock: () => now,
    files: { 'README.md': '# Widgets\n', 'bin/run': { mode: '100755', content: '#!/bin/sh\n' } },
  });
});

afterEach(() => scene.github.close());

describe('addresses', () => {
  it('are told from one another by their most specific pattern', () => {
    const cases: readonly [string, string, string | undefined][] = [
      ['GET', '/repos/a/b/commits/main', 'repos/get-commit'],
      ['GET', '/repos/a/b/commits/feature/x/check-runs', 'checks/list-for-ref'],
      ['GET', '/repos/a/b/commits/abc/comments', 'repos/list-comments-for-commit'],
      ['GET', '/repos/a/b/contents', 'repos/get-content'],
      ['GET', '/repos/a/b/contents/deep/file.txt', 'repos/get-content'],
      ['GET', '/repos/a/b/branches/feature/x/protection', 'repos/get-branch-protection'],
      ['GET', '/repos/a/b/compare/main...dev', 'repos/compare-commits-with-basehead'],
      ['GET', '/repos/a/b/pulls/comments', 'pulls/list-review-comments-for-repo'],
      ['GET', '/repos/a/b/pulls/1', 'pulls/get'],
      ['GET', '/nowhere', undefined],
    ];
    for (const [method, path, operation] of cases)
      expect([path, matchOperation(method, path)?.operation]).toEqual([path, operation]);
  });

  it('that are not here are named in a 501, and unknown ones are not found', async () => {
    await expect(scene.octokit.request('GET /repos/{owner}/{repo}/labels', at)).rejects.toMatchObject({
      status: 501,
      message: expect.stringContaining('issues/list-labels-for-repo'),
    });
    await expect(scene.octokit.request('GET /repos/acme/widgets/nothing-of-the-kind')).rejects.toMatchObject({
      status: 404,
    });
  });

  it('refuse query values that GitHub does not know', async () => {
    await expect(
      scene.octokit.request('GET /repos/{owner}/{repo}/pulls', { ...at, status: 'open' }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      scene.octokit.request('GET /repos/{owner}/{repo}/pulls', { ...at, state: 'opened' as 'open' }),
    ).rejects.toMatchObject({ status: 422 });
    expect(scene.github.violations.map(({ problems }) => problems[0])).toEqual([
      'query status is unknown',
      'query state must be equal to one of the allowed values ["open","closed","all"]',
    ]);
  });

  it('say where their description is from', () => {
    expect(description.source).toMatch(/^@octokit\/openapi 23\.0\.2 .* MIT License/);
  });
});

describe('answers', () => {
  it('come in pages with links', async () => {
    for (const name of ['b', 'c', 'd', 'e']) createRepository(scene.github.world, scene.organisation, name);
    const { headers, data } = await scene.octokit.rest.apps.listReposAccessibleToInstallation({ per_page: 2, page: 2 });
    expect(data.repositories.map((repository) => repository.name)).toEqual(['c', 'd']);
    const base = `${scene.github.url}/api/v3/installation/repositories?per_page=2`;
    expect(headers.link).toBe(
      `<${base}&page=1>; rel="prev", <${base}&page=3>; rel="next", <${base}&page=3>; rel="last", <${base}&page=1>; rel="first"`,
    );
  });

  it('are tagged; an unchanged one costs nothing', async () => {
    const { octokit } = scene;
    const first = await octokit.rest.repos.get(at);
    const again = octokit.request('GET /repos/{owner}/{repo}', {
      ...at,
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    await expect(again).rejects.toMatchObject({ status: 304 });
    expect((await octokit.rest.rateLimit.get()).data.rate.used).toBe(2);
  });

  it('carry archives by redirection, one folder deep', async () => {
    const { data } = await scene.octokit.rest.repos.downloadTarballArchive({ ...at, ref: 'main' });
    const tar = gunzipSync(Buffer.from(data as ArrayBuffer));
    const sha = scene.repository.refs.get('refs/heads/main') ?? '';
    expect(readTar(tar)).toEqual([
      ['pax_global_header', 'g', `52 comment=${sha}\n`],
      [`acme-widgets-${sha.slice(0, 7)}/`, '5', ''],
      [`acme-widgets-${sha.slice(0, 7)}/README.md`, '0', '# Widgets\n'],
      [`acme-widgets-${sha.slice(0, 7)}/bin/`, '5', ''],
      [`acme-widgets-${sha.slice(0, 7)}/bin/run`, '0', '#!/bin/sh\n'],
    ]);
    const zip = await scene.octokit.rest.repos.downloadZipballArchive({ ...at, ref: 'main' });
    expect(
      Buffer.from(zip.data as ArrayBuffer)
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\u0003\u0004');
  });
});

function readTar(tar: Buffer): [string, string, string][] {
  const entries: [string, string, string][] = [];
  for (let offset = 0; tar[offset] !== 0 && offset < tar.length; ) {
    const text = (from: number, length: number) =>
      tar
        .subarray(offset + from, offset + from + length)
        .toString()
        .replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    entries.push([text(0, 100), text(156, 1), tar.subarray(offset + 512, offset + 512 + size).toString()]);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

describe('rate limits', () => {
  it('are told in every answer and start anew each hour', async () => {
    const { headers } = await scene.octokit.rest.repos.get(at);
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-resource': 'core',
    });
    now += 3_600_001;
    const { token } = createToken(scene.github.world, scene.installation, {});
    const later = await fetch(`${scene.github.url}/api/v3/repos/acme/widgets`, {
      headers: { authorization: `token ${token}` },
    });
    expect(later.headers.get('x-ratelimit-remaining')).toBe('4999');
  });

  it('refuse where they are enforced', async () => {
    const strict = await startScene({ clock: () => now, rateLimits: { enforced: true, core: 3, contentPerMinute: 1 } });
    const { issues, repos } = strict.octokit.rest;
    await issues.create({ ...at, title: 'one' });
    const secondary = await issues.create({ ...at, title: 'two' }).catch((error) => error);
    expect(secondary).toMatchObject({ status: 403, message: expect.stringContaining('secondary rate limit') });
    expect(secondary.response.headers['retry-after']).toBe('60');
    await repos.get(at);
    const primary = await repos.get(at).catch((error) => error);
    expect(primary).toMatchObject({ status: 403, message: expect.stringContaining('API rate limit exceeded') });
    expect(primary.response.headers['x-ratelimit-remaining']).toBe('0');
    expect(strict.github.limiter.peaks.refused).toBe(2);
    await strict.github.close();
  });
});

describe('faults', () => {
  const cases: readonly [string, Fault, object][] = [
    ['an error', { kind: 'answer', status: 502 }, { status: 502 }],
    ['a secondary limit', secondaryLimit(403, 7), { status: 403, response: { headers: { 'retry-after': '7' } } }],
    ['a limit without a hint', secondaryLimit(429), { status: 429 }],
    ['a cut connection', { kind: 'cut' }, { status: 500 }],
  ];

  it.each(cases)('%s', async (_, fault, expected) => {
    scene.github.faults.add({ match: ({ operation }) => operation === 'repos/get', skip: 1, times: 1, fault });
    await scene.octokit.rest.repos.get(at);
    await expect(scene.octokit.rest.repos.get(at)).rejects.toMatchObject(expected);
    expect((await scene.octokit.rest.repos.get(at)).status).toBe(200);
  });

  it('after the deed: it is done, and only the answer is lost', async () => {
    scene.github.faults.add({
      match: ({ operation }) => operation === 'issues/create',
      fault: { kind: 'cut', when: 'after' },
    });
    await expect(scene.octokit.rest.issues.create({ ...at, title: 'lost' })).rejects.toMatchObject({ status: 500 });
    expect([...scene.repository.issues.values()].map((issue) => issue.title)).toEqual(['lost']);
  });

  it('before the deed: nothing is done', async () => {
    scene.github.faults.add({
      match: ({ operation }) => operation === 'issues/create',
      fault: { kind: 'answer', status: 500 },
    });
    await expect(scene.octokit.rest.issues.create({ ...at, title: 'never' })).rejects.toMatchObject({ status: 500 });
    expect(scene.repository.issues.size).toBe(0);
  });
});
