import { type Fault, type Faults, secondaryLimit } from '../../github/faults.ts';
import type { LoggedRequest } from '../../github/request-log.ts';
import type { World } from '../../github/world.ts';

/** One way in which the network or GitHub fails; `token`: all installation tokens cease to be good. */
export interface NetworkFault {
  readonly name: string;
  readonly fault: Fault | 'token';
  /** Requests that can meet it; absent: all. */
  readonly meets?: (request: LoggedRequest) => boolean;
}

/** Longer than the stage waits for an answer. */
const TOO_LATE_MS = 400;
export const ANSWER_MS = 200;

const answer = (status: number, when: 'before' | 'after' = 'before'): Fault => ({ kind: 'answer', status, when });

const isRead = ({ method, operation, body }: LoggedRequest) =>
  method === 'GET' || (operation === 'graphql' && !JSON.stringify(body).includes('mutation'));

export const NETWORK_FAULTS: readonly NetworkFault[] = [
  { name: 'connection cut', fault: { kind: 'cut' } },
  { name: 'connection cut, though it was done', fault: { kind: 'cut', when: 'after' } },
  { name: 'slow answer', fault: { kind: 'delay', milliseconds: 50 } },
  { name: 'no answer in time', fault: { kind: 'delay', milliseconds: TOO_LATE_MS }, meets: isRead },
  { name: '500', fault: answer(500) },
  { name: '502, though it was done', fault: answer(502, 'after') },
  { name: '503', fault: answer(503) },
  { name: '403 with retry-after', fault: secondaryLimit(403, 30) },
  { name: '403 without retry-after', fault: secondaryLimit(403) },
  { name: '403, hourly limit spent', fault: spent() },
  { name: '429 with retry-after', fault: secondaryLimit(429, 30) },
  { name: '429 without retry-after', fault: secondaryLimit(429) },
  { name: '401, token expired', fault: 'token' },
];

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function spent(): Fault {
  return {
    kind: 'answer',
    status: 403,
    body: { message: 'API rate limit exceeded for installation.' },
    // A test's hour begins when it does; the limit ends within it.
    headers: {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 20 * 60),
    },
  };
}

/** Which fault the `index`-th request meets, counted from 0. */
export type Weather = (index: number, request: LoggedRequest) => NetworkFault | undefined;

/** The same fault for the fourth request, and for a share of the others. */
export function always(fault: NetworkFault, share: number): Weather {
  return (index, request) => {
    if (fault.meets?.(request) === false) return undefined;
    return index === 3 || Math.random() < share ? fault : undefined;
  };
}

/** Any fault, for a share of the requests. */
export function mixed(share: number): Weather {
  return (_, request) => {
    const possible = NETWORK_FAULTS.filter(({ meets }) => meets?.(request) !== false);
    return Math.random() < share ? possible[Math.floor(Math.random() * possible.length)] : undefined;
  };
}

/** Lets the requests of the app meet faults from now on; tells how often. */
export function letItStorm(faults: Faults, world: World, weather: Weather): () => number {
  let requests = 0;
  let met = 0;
  let next: NetworkFault | undefined;
  // The first rule of all looks at each request once and decides.
  const decide = (request: LoggedRequest) => {
    next = weather(requests, request);
    requests += 1;
    if (next) met += 1;
    if (next?.fault === 'token') world.tokens.clear();
    return false;
  };
  faults.add({ match: decide, times: Number.POSITIVE_INFINITY, fault: { kind: 'cut' } });
  for (const each of NETWORK_FAULTS) {
    const { fault } = each;
    if (fault === 'token') continue;
    faults.add({ match: () => next === each, times: Number.POSITIVE_INFINITY, fault });
  }
  return () => met;
}
