import { afterEach, beforeEach, expect } from 'vitest';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Scene, startScene } from './scene.ts';

/** A scene whose webhooks somebody takes. */
export interface ReceivingScene {
  readonly scene: Scene;
  readonly receiver: Receiver;
}

/** Makes one before each test of a file and ends it after it; a breach of GitHub's contract fails the test. */
export function receivingScene(): () => ReceivingScene {
  let current: ReceivingScene | undefined;
  beforeEach(async () => {
    const receiver = await startReceiver();
    current = { receiver, scene: await startScene({ app: { hookUrl: receiver.url } }) };
  });
  afterEach(async () => {
    const { scene, receiver } = now();
    await scene.github.deliveries.settled();
    expect(scene.github.violations).toEqual([]);
    await scene.github.close();
    await receiver.close();
  });
  function now(): ReceivingScene {
    if (!current) throw new Error('only within a test');
    return current;
  }
  return now;
}
