import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { count } from '../../report/phrases.ts';
import { StoreError } from '../../store/store-error.ts';
import type { FeedSettings } from '../feed/feed-settings.ts';
import { type FeedState, feedState } from '../feed/feed-state.ts';
import { type Check, type CheckResult, ok, problem, warning } from './check.ts';
import { lookIntoStore } from './look-into-store.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const OLD_MS = 15 * 60_000;

const SENT = { overrides: 'Decisions on overrides go', all: 'All entries go' } as const;

/** Whether the ledger's feed can reach its receiver, and how far it has come. Nothing is sent: the receiver would act on it. */
export const checkFeed: Check = {
  name: 'Ledger feed',
  async run({ settings, now }) {
    const { feed, store } = settings;
    if (!feed) return [ok('It is off: LEDGER_FEED_URL is not set')];
    const { origin } = new URL(feed.url);
    return [
      ok(`${SENT[feed.kinds]} to ${origin}, the path not shown`),
      await reach(new URL(feed.url)),
      ...(await standing(store, feed, now())),
    ];
  },
};

/** Connects, with TLS up to the receiver's certificate, and goes. */
async function reach(url: URL): Promise<CheckResult> {
  const isTls = url.protocol === 'https:';
  // Node wants the address of IPv6 without brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (isTls ? 443 : 80);
  const socket = isTls ? connectTls({ host, port, ALPNProtocols: ['http/1.1'] }) : connect({ host, port });
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
    return ok(isTls ? 'It can be reached, and its certificate is good' : 'It can be reached');
  } catch (error) {
    const why = error instanceof Error && error.name === 'AbortError' ? 'it does not answer' : messageOf(error);
    return problem(
      `${url.origin} cannot be reached from here: ${why}`,
      'Correct LEDGER_FEED_URL, or let this machine through; a certificate of your own: NODE_EXTRA_CA_CERTS',
    );
  } finally {
    socket.destroy();
  }
}

function messageOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  // Where every address of a name refused, the error has no words of its own.
  return error instanceof Error && error.message !== '' ? error.message : String(code);
}

async function standing(location: string, feed: FeedSettings, now: number): Promise<readonly CheckResult[]> {
  try {
    const state = await lookIntoStore(location, (store) => feedState(store, feed.kinds, now));
    return [
      state?.cursor ? progress(state) : ok('It begins when the server starts, with what is written from then on'),
    ];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [warning('How far it has come is not known', 'See what is said of the store')];
  }
}

function progress({ cursor, waiting, oldestAgeMs }: FeedState): CheckResult {
  const left = `${count(waiting, 'entry', 'entries')} ${waiting === 1 ? 'waits' : 'wait'}`;
  const failing = cursor?.failing;
  if (failing && waiting > 0) {
    const { since, why, advice } = failing;
    return problem(`It is not taken since ${new Date(since).toISOString()}: ${why}; ${left}`, advice);
  }
  if (waiting === 0) return ok('Everything is sent');
  if (oldestAgeMs <= OLD_MS) return ok(`${left}, not for long`);
  const minutes = Math.round(oldestAgeMs / 60_000);
  return warning(`${left}, the oldest for ${minutes} min`, 'Does the server run, with the same settings?');
}
