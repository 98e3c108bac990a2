import { webcrypto } from 'node:crypto';
import { expect, it } from 'vitest';
import { signatureHeaders } from '../../../src/server/feed/sign-message.ts';
import { onSqlite, openedStore } from '../../store/engines.ts';
import { begun, FEED_SECRET } from './feed-kit.ts';
import { type Received, startReceiver } from './receiver.ts';

const OTHER_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** As the specification tells a receiver to check, by another implementation of HMAC than the sender's. */
async function isSignedWith(secret: string, { headers, body }: Received): Promise<boolean> {
  const raw = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('raw', raw, algorithm, false, ['verify']);
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  for (const signature of String(headers['webhook-signature']).split(' ')) {
    const [version, value = ''] = signature.split(',');
    if (version !== 'v1') continue;
    if (await webcrypto.subtle.verify('HMAC', key, Buffer.from(value, 'base64'), content)) return true;
  }
  return false;
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts ("sign function works") */
it("signs the specification's own example as its libraries do", () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  expect(signatureHeaders(message, [FEED_SECRET], 1_614_265_330_999)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

onSqlite((engine) => {
  it('signs what is sent, with both secrets while they are rotated', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const secrets = [OTHER_SECRET, FEED_SECRET];
    const fed = await begun(store, receiver.url, 1, { feed: { url: receiver.url, secrets, kinds: 'overrides' } });
    await fed.tick();
    const [received] = receiver.received;
    if (!received) throw new Error('nothing came');
    expect(await isSignedWith(OTHER_SECRET, received)).toBe(true);
    expect(await isSignedWith(FEED_SECRET, received)).toBe(true);
    expect(await isSignedWith(OTHER_SECRET, { ...received, body: `${received.body} ` })).toBe(false);
    expect(await isSignedWith(`whsec_${Buffer.alloc(32, 8).toString('base64')}`, received)).toBe(false);
    expect(received.headers['webhook-id']).toMatch(/^ledger_1_[0-9a-f]{32}$/);
    expect(received.headers['webhook-timestamp']).toBe(String(fed.now / 1_000));
  });
});
