import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=([0-9a-f]{64})$/;

/** Whether `X-Hub-Signature-256` has the form that GitHub gives it; says nothing of its truth. */
export function isSignature(header: unknown): header is string {
  return typeof header === 'string' && FORM.test(header);
}

/**
 * Whether one of the secrets made this signature over exactly these bytes.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function verifySignature(body: Uint8Array, signature: string, secrets: readonly string[]): boolean {
  const given = FORM.exec(signature)?.[1];
  if (given === undefined) return false;
  const bytes = Buffer.from(given, 'hex');
  // Every secret is tried, so that the time tells nothing of which one fitted.
  const fits = secrets.map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), bytes));
  return fits.includes(true);
}
