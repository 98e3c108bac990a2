import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from './actions/accounts.ts';
import { createToken, createUserToken, installApp, suspendInstallation } from './actions/apps.ts';
import { createRepository, renameRepository, transferRepository } from './actions/repositories.ts';
import { openChange, type Scene, startScene } from './scene.ts';
import type { Permissions } from './state.ts';

const HOUR = 3_600_000;

let now: number;
let scene: Scene;

beforeEach(async () => {
  now = Date.now();
  scene = await startScene({ clock: () => now });
});

afterEach(async () => {
  expect(scene.github.violations).toEqual([]);
  await scene.github.close();
});

async function ask(path: string, token?: string, init: RequestInit = {}) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    'content-type': 'application/json',
  };
  const response = await fetch(`${scene.github.url}/api/v3${path}`, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

function jwt(claims: object, key = scene.privateKey, alg = 'RS256'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

describe('the app itself', () => {
  const seconds = () => Math.floor(now / 1000);
  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();

  it.each([
    ['a good token', () => jwt({ iss: scene.app.id, iat: seconds() - 30, exp: seconds() + 540 }), 200],
    ['a token that has expired', () => jwt({ iss: scene.app.id, iat: seconds() - 700, exp: seconds() - 1 }), 401],
    ['a token that lives too long', () => jwt({ iss: scene.app.id, iat: seconds(), exp: seconds() + 3600 }), 401],
    ['a token from the future', () => jwt({ iss: scene.app.id, iat: seconds() + 300, exp: seconds() + 600 }), 401],
    ["another app's id", () => jwt({ iss: 1, iat: seconds(), exp: seconds() + 540 }), 404],
    ['a false signature', () => jwt({ iss: scene.app.id, iat: seconds(), exp: seconds() + 540 }, otherKey), 401],
    [
      'another algorithm',
      () => jwt({ iss: scene.app.id, iat: seconds(), exp: seconds() + 540 }, scene.privateKey, 'none'),
      401,
    ],
    ['no JWT', () => 'a.b.c', 401],
  ])('with %s', async (_, token, status) => {
    expect((await ask('/app', token())).status).toBe(status);
  });

  it('may not use what installations use, nor the other way round', async () => {
    const token = jwt({ iss: scene.app.id, iat: seconds(), exp: seconds() + 540 });
    expect((await ask('/repos/acme/widgets', token)).status).toBe(401);
    const { token: installation } = createToken(scene.github.world, scene.installation, {});
    expect((await ask('/app', installation)).status).toBe(401);
  });
});

describe('an installation token', () => {
  const mint = (wish: Parameters<typeof createToken>[2] = {}) =>
    createToken(scene.github.world, scene.installation, wish).token;

  it('lives one hour', async () => {
    const token = mint();
    now += HOUR - 1000;
    expect((await ask('/repos/acme/widgets', token)).status).toBe(200);
    now += 1000;
    expect((await ask('/repos/acme/widgets', token)).status).toBe(401);
  });

  it.each<[string, Permissions, string, RequestInit, number]>([
    ['reads with reading', { contents: 'read' }, '/git/trees/main', {}, 200],
    ['reads with writing', { contents: 'write' }, '/git/trees/main', {}, 200],
    ['does not read without', { checks: 'write' }, '/git/trees/main', {}, 403],
    ['does not write with reading', { checks: 'read' }, '/check-runs', { method: 'POST', body: '{}' }, 403],
    ['does not see protection', { contents: 'read' }, '/branches/main/protection', {}, 403],
    ['sees pull requests by either permission', { issues: 'read' }, '/issues/comments', {}, 200],
    ['sees pull requests by the other, too', { pull_requests: 'read' }, '/issues/comments', {}, 200],
  ])('%s', async (_, permissions, path, init, status) => {
    Object.assign(scene.installation, { permissions: { ...scene.installation.permissions, ...permissions } });
    const answer = await ask(`/repos/acme/widgets${path}`, mint({ permissions }), init);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.message).toBe('Resource not accessible by integration');
  });

  it('sees nothing of private repositories that it was not given', async () => {
    const { world } = scene.github;
    createRepository(world, scene.organisation, 'gadgets');
    createRepository(world, createUser(world, 'stranger'), 'secret');
    createRepository(world, scene.owner, 'open', { private: false });
    const token = mint({ repositories: ['gadgets'] });
    expect((await ask('/repos/acme/gadgets', token)).status).toBe(200);
    expect((await ask('/repos/acme/widgets', token)).status).toBe(404);
    expect((await ask('/repos/stranger/secret', token)).status).toBe(404);
    expect((await ask('/repos/owner/open/git/trees/main', token)).status).toBe(200);
    expect((await ask('/installation/repositories', token)).body.total_count).toBe(1);
  });

  it('can not be wider than the installation', async () => {
    const token = jwt({ iss: scene.app.id, iat: Math.floor(now / 1000), exp: Math.floor(now / 1000) + 540 });
    const path = `/app/installations/${scene.installation.id}/access_tokens`;
    const mintOver = (body: object) => ask(path, token, { method: 'POST', body: JSON.stringify(body) });
    expect((await mintOver({ permissions: { contents: 'write' } })).status).toBe(422);
    expect((await mintOver({ repository_ids: [1] })).status).toBe(422);
    suspendInstallation(scene.github.world, scene.installation, true, scene.owner.id);
    expect((await mintOver({})).status).toBe(403);
  });

  it('stops with the suspension', async () => {
    const token = mint();
    suspendInstallation(scene.github.world, scene.installation, true, scene.owner.id);
    expect((await ask('/repos/acme/widgets', token)).status).toBe(403);
  });
});

describe('people', () => {
  it('see and write by their role; strangers see public repositories only', async () => {
    const { github, owner, developer } = scene;
    const { number } = openChange(scene, { 'a.txt': 'a\n' });
    const stranger = createUserToken(github.world, createUser(github.world, 'stranger'));
    expect((await ask('/repos/acme/widgets', stranger)).status).toBe(404);
    expect((await ask('/repos/acme/widgets')).status).toBe(404);
    const writer = createUserToken(github.world, developer);
    expect((await ask(`/repos/acme/widgets/pulls/${number}`, writer)).status).toBe(200);
    const run = { method: 'POST', body: JSON.stringify({ name: 'x', head_sha: 'y' }) };
    expect((await ask('/repos/acme/widgets/check-runs', writer, run)).status).toBe(403);
    expect((await ask('/user', createUserToken(github.world, owner))).body.login).toBe('owner');
  });

  it('fold roles as GitHub does', async () => {
    const { octokit, repository, github, developer } = scene;
    const ask = async () =>
      (
        await octokit.rest.repos.getCollaboratorPermissionLevel({
          owner: 'acme',
          repo: 'widgets',
          username: 'developer',
        })
      ).data;
    repository.collaborators.set(developer.id, { permission: 'maintain', roleName: 'maintain' });
    expect(await ask()).toMatchObject({ permission: 'write', role_name: 'maintain' });
    repository.collaborators.set(developer.id, { permission: 'read', roleName: 'Compliance reviewer' });
    expect(await ask()).toMatchObject({ permission: 'read', role_name: 'Compliance reviewer' });
    expect(github.violations).toEqual([]);
  });
});

describe('a repository that was renamed or transferred', () => {
  it('redirects its former names by id', async () => {
    const { github, repository, owner, app } = scene;
    const { token } = createToken(github.world, scene.installation, {});
    renameRepository(github.world, repository, 'gadgets', owner);
    const moved = await ask('/repos/acme/widgets/pulls?state=all', token);
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe(`${github.url}/api/v3/repositories/${repository.id}/pulls?state=all`);
    expect((await ask(`/repositories/${repository.id}/pulls`, token)).status).toBe(200);
    const posted = await ask('/repos/acme/widgets/issues', token, { method: 'POST', body: '{"title":"x"}' });
    expect(posted.status).toBe(307);
    const { data } = await scene.octokit.rest.repos.get({ owner: 'acme', repo: 'widgets' });
    expect(data.full_name).toBe('acme/gadgets');
    const buyer = createUser(github.world, 'buyer');
    const { token: newToken } = createToken(github.world, installApp(github.world, app, buyer), {});
    transferRepository(github.world, repository, buyer, owner);
    expect((await ask('/repos/acme/gadgets', token)).status).toBe(404);
    expect((await ask('/repos/acme/gadgets', newToken)).status).toBe(301);
    expect((await ask('/repos/buyer/gadgets', newToken)).status).toBe(200);
  });
});
