import { describe, expect, it } from 'vitest';
import { receivingScene } from './receiving-scene.ts';
import { openChange } from './scene.ts';

const current = receivingScene();

describe('the delivery log', () => {
  it('lists attempts newest first and redelivers under the same GUID', async () => {
    const { scene, receiver } = current();
    const { github, appOctokit } = scene;
    receiver.status = 500;
    openChange(scene, { 'a.txt': 'a\n' });
    await github.deliveries.settled();
    const failed = await appOctokit.request('GET /app/hook/deliveries', { per_page: 2 });
    expect(failed.data.map(({ status, status_code }) => [status, status_code])).toEqual([
      ['Invalid HTTP Response: 500', 500],
      ['Invalid HTTP Response: 500', 500],
    ]);
    expect(failed.headers.link).toContain('cursor=v1_');
    receiver.status = 202;
    const { id = 0, guid } = failed.data[0] ?? {};
    const { data } = await appOctokit.request('GET /app/hook/deliveries/{delivery_id}', { delivery_id: Number(id) });
    expect(data.request.payload).toHaveProperty('repository');
    await appOctokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(id) });
    await github.deliveries.settled();
    const again = await appOctokit.request('GET /app/hook/deliveries', { per_page: 1 });
    expect(again.data[0]).toMatchObject({ guid, redelivery: true, status: 'OK' });
    expect(receiver.received.at(-1)?.headers['x-github-delivery']).toBe(guid);
  });

  it('can hold, reorder, lose and double deliveries', async () => {
    const { scene, receiver } = current();
    const { github } = scene;
    await github.deliveries.settled();
    receiver.received.splice(0);
    github.deliveries.mode = 'lose';
    openChange(scene, { 'a.txt': 'a\n' }, { branch: 'lost' });
    github.deliveries.mode = 'hold';
    openChange(scene, { 'b.txt': 'b\n' }, { branch: 'held' });
    await github.deliveries.settled();
    expect(receiver.received).toHaveLength(0);
    github.deliveries.release((held) => [...held].reverse());
    await github.deliveries.settled();
    expect(receiver.received).toHaveLength(3);
    Object.assign(github.deliveries, { mode: 'deliver', copies: 2 });
    receiver.received.splice(0);
    openChange(scene, { 'c.txt': 'c\n' }, { branch: 'double' });
    await github.deliveries.settled();
    expect(new Set(receiver.received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(3);
    expect(receiver.received).toHaveLength(6);
  });
});
