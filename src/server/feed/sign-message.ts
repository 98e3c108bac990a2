import { createHmac } from 'node:crypto';
import { keyPart } from './feed-settings.ts';

/** What is signed: the id and the time of this attempt belong to it, so that nobody can send it again as something else. */
export interface SignedMessage {
  /** The same for every attempt; without a full stop. */
  readonly id: string;
  /** The bytes that are sent. */
  readonly body: string;
}

/**
 * The headers of one attempt after the Standard Webhooks specification, version 1.0.0: HMAC-SHA256 over `id.timestamp.body`,
 * one signature for each secret (`whsec_…`), so that a receiver that knows one of them can check.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @param now milliseconds since the epoch
 */
export function signatureHeaders(
  { id, body }: SignedMessage,
  secrets: readonly string[],
  now: number,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(now / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(keyPart(secret), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
