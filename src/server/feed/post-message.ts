import type { FeedSettings } from './feed-settings.ts';
import { type SignedMessage, signatureHeaders } from './sign-message.ts';

/** Why the receiver did not take a message, and what to do about it. */
export interface Refusal {
  /** Of its answer; 0: there was none. */
  readonly status: number;
  /** What happened, without the address. */
  readonly why: string;
  readonly advice: string;
  /** It asked not to be called again before that long. */
  readonly retryAfterMs?: number;
}

export interface PostOptions {
  readonly clock: () => number;
  /** For one attempt; the specification recommends 15 to 30 s. */
  readonly timeoutMs: number;
}

/**
 * Sends one message. Taken is what is answered with 2xx in time; the answer's content is not read, redirects are not followed.
 * @param signal ends the attempt; what it brings to the other side is then unknown
 * @returns undefined: taken
 */
export async function postMessage(
  { url, secrets }: Pick<FeedSettings, 'url' | 'secrets'>,
  message: SignedMessage,
  { clock, timeoutMs }: PostOptions,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const now = clock();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: message.body,
      headers: {
        ...signatureHeaders(message, secrets, now),
        'content-type': 'application/json',
        'user-agent': 'Sightline',
      },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel().catch(() => undefined);
    return response.ok ? undefined : refusal(response, now);
  } catch (error) {
    const why = isTimeout(error) ? `it did not answer within ${timeoutMs / 1_000} s` : `no answer: ${causeOf(error)}`;
    return {
      status: 0,
      why,
      advice: 'Is LEDGER_FEED_URL right, and can this machine reach it? sightline doctor tries',
    };
  }
}

/** The first that applies. */
const ADVICE: readonly { readonly from: number; readonly to: number; readonly advice: string }[] = [
  { from: 300, to: 399, advice: 'Redirects are not followed: set LEDGER_FEED_URL to the address that it names' },
  { from: 401, to: 401, advice: 'Does the receiver know LEDGER_FEED_SECRET, and is its clock right?' },
  { from: 403, to: 403, advice: 'Does the receiver know LEDGER_FEED_SECRET, and does it admit this machine?' },
  { from: 404, to: 404, advice: 'Correct LEDGER_FEED_URL' },
  {
    from: 410,
    to: 410,
    advice: 'It wants no more: set LEDGER_FEED_URL to a receiver that does, or take the setting away; then restart',
  },
  {
    from: 413,
    to: 413,
    advice: 'Let the receiver take larger messages, or set LEDGER_FEED_KINDS to overrides: verdicts are what is long',
  },
  { from: 429, to: 429, advice: 'It wants fewer requests; nothing to do if this passes' },
  { from: 500, to: 599, advice: 'Look into the log of the receiver' },
];

function refusal({ status, headers }: Response, now: number): Refusal {
  const known = ADVICE.find(({ from, to }) => status >= from && status <= to);
  const retryAfterMs = retryAfter(headers.get('retry-after'), now);
  return {
    status,
    why: `it answered ${status}`,
    advice: known?.advice ?? 'Let the receiver answer 2xx to what it cannot use: the entries behind wait for this one',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfter(text: string | null, now: number): number | undefined {
  const ms = /^\d{1,9}$/.test(text ?? '') ? Number(text) * 1_000 : Date.parse(text ?? '') - now;
  return ms > 0 ? ms : undefined;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  return message === '' ? String(code) : message;
}
