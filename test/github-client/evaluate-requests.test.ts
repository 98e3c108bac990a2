import { describe, expect, it } from 'vitest';
import { createRepository, pushFiles } from '../github/actions/repositories.ts';
import { openChange } from '../github/scene.ts';
import { eachWithTestApp, FACES_ALREADY } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

let app: TestApp;

eachWithTestApp(FACES_ALREADY, (started) => {
  app = started;
});

describe('an evaluation', () => {
  const START = ['POST graphql', 'POST checks/create', 'GET repos/compare-commits-with-basehead'];

  it('costs 6 requests when a repository is first seen, and fewer for each push', async () => {
    await app.mark({ kind: 'repository' });
    await app.drain();
    app.seen();
    const { number } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const tokens = (request: string) => request.includes('access-token');
    expect(app.seen().filter((request) => !tokens(request))).toEqual([
      ...START,
      'GET git/get-tree',
      'POST graphql',
      'PATCH checks/update',
    ]);
    app.push({ 'README.md': 'Hello\n' });
    await app.drain();
    expect(app.seen()).toEqual([...START, 'PATCH checks/update']);
    app.push({ 'src/b.py': 'x = 2\n', 'README.md': 'Hello\n' });
    await app.drain();
    expect(app.seen()).toEqual([...START, 'POST graphql', 'PATCH checks/update']);
    await app.mark({ kind: 'pull_request', number });
    await app.drain();
    expect(app.seen()).toEqual(['POST graphql']);
    app.push({ 'src/c.py': 'FACE:1\nFACE:2\nFACE:3\n' });
    await app.drain();
    expect(app.seen()).toEqual([...START, 'POST graphql', 'PATCH checks/update', 'POST pulls/create-review']);
    expect(app.comments()).toHaveLength(3);
    expect([...app.scene.repository.reviews.values()]).toHaveLength(1);
  });

  it('lists the head where the comparison does not tell its tree', async () => {
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    app.seen();
    const { github, repository, developer } = app.scene;
    const files = { 'src/link.py': { mode: '120000', content: 'b.py' } } as const;
    pushFiles(github.world, repository, 'change', { author: developer, files });
    await app.drain();
    expect(app.seen()).toContain('GET git/get-tree');
    expect(app.runs().at(-1)?.conclusion).toBe('success');
  });

  it('reads the configuration with the state', async () => {
    app.push({ '.github/sightline.yml': 'strict\n' }, 'main');
    await app.drain();
    app.seen();
    openChange(app.scene, { 'README.md': 'Hello\n' });
    await app.drain();
    const requests = app.seen().filter((request) => !request.includes('access-token'));
    expect(requests).toEqual([...START, 'GET git/get-tree', 'POST graphql', 'PATCH checks/update']);
  });

  it('reads the policies of the organisation once', async () => {
    const { github, organisation, owner } = app.scene;
    const files = { '.github/sightline.yml': 'policies\n', '.github/ai-policies/a.yml': 'allow\n' };
    const above = createRepository(github.world, organisation, '.github', { files });
    openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
    await app.drain();
    expect(app.runs().at(-1)?.conclusion).toBe('success');
    app.seen();
    app.push({ 'README.md': 'Hello\n' });
    await app.drain();
    expect(app.seen()).toEqual([...START, 'PATCH checks/update']);
    pushFiles(github.world, above, 'main', { author: owner, files: { '.github/ai-policies/a.yml': 'strict\n' } });
    await app.drain();
    expect(app.runs().at(-1)?.conclusion).toBe('failure');
  });

  it('reads nothing twice over pushes', async () => {
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    app.scanner.scanned.length = 0;
    app.push({ 'src/b.py': 'x = 2\n' });
    await app.drain();
    expect(app.scanner.scanned).toEqual(['src/b.py']);
  });

  it('writes nothing on another evaluation of the same head, also on another day', async () => {
    const { number } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const before = JSON.stringify([app.runs(), app.comments()]);
    app.time += 2 * 86_400_000;
    await app.mark({ kind: 'pull_request', number });
    await app.drain();
    expect(JSON.stringify([app.runs(), app.comments()])).toBe(before);
    expect(await app.store.ledger.read({ kinds: ['verdict'] })).toHaveLength(1);
  });
});
