import { type Fault, secondaryLimit } from '../../github/faults.ts';
import type { LoggedRequest } from '../../github/request-log.ts';

/** How long the app waits for an answer here, and how long one takes that comes too late. In milliseconds. */
export const PATIENCE_MS = 1_500;
const TOO_LATE_MS = PATIENCE_MS + 200;

/** A fault and the requests that can meet it. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  readonly meets: (request: LoggedRequest) => boolean;
  /** Takes its time, so that it is met once by each kind of request, not by every request. */
  readonly slow?: true;
}

export const isGraphql = ({ operation }: LoggedRequest) => operation === 'graphql';
const isToken = ({ operation }: LoggedRequest) => operation === 'apps/create-installation-access-token';
const isWrite = (request: LoggedRequest) =>
  request.method !== 'GET' &&
  !isToken(request) &&
  (!isGraphql(request) || JSON.stringify(request.body).includes('mutation'));
const any = () => true;
const inRest = (request: LoggedRequest) => !isGraphql(request);

const answer = (status: number, when: 'before' | 'after' = 'before'): Fault => ({
  kind: 'answer',
  status,
  when,
  body: { message: 'Injected' },
});

const graphql = (body: object): Fault => ({ kind: 'answer', status: 200, body });
const error = (type: string) => graphql({ data: null, errors: [{ type, message: 'Injected' }] });

/** The primary limit is spent: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const spent: Fault = {
  kind: 'answer',
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 900) },
  body: { message: 'API rate limit exceeded for installation.' },
};

/** Of somebody who is in no team, or no collaborator, a 404 tells: there it is an answer. */
const asksForMembership = ({ operation }: LoggedRequest) =>
  operation === 'teams/get-membership-for-user-in-org' || operation === 'repos/check-collaborator';

/** What a 404 says that comes again and again: a comment was deleted, an installation removed. */
const DELETED = [
  'issues/get-comment',
  'reactions/create-for-issue-comment',
  'apps/list-repos-accessible-to-installation',
];

/** Whether a fault that stays is no fault: it is right to believe it then. */
export function isTruth({ name }: NamedFault, { operation }: LoggedRequest): boolean {
  return name === '404' && DELETED.includes(operation ?? '');
}

/** All that goes wrong with a request, one by one. */
export const FAULTS: readonly NamedFault[] = [
  // Octokit waits seconds for a token that is this young to become known.
  { name: '401', fault: answer(401), meets: any, slow: true },
  { name: '403', fault: answer(403), meets: any },
  { name: '403, limit spent', fault: spent, meets: any },
  { name: '403, retry-after', fault: secondaryLimit(403, 30), meets: any },
  { name: '403, no retry-after', fault: secondaryLimit(403), meets: any },
  {
    name: '404',
    fault: answer(404),
    meets: (request) => inRest(request) && !isToken(request) && !asksForMembership(request),
  },
  { name: '409', fault: answer(409), meets: any },
  { name: '422', fault: answer(422), meets: (request) => isWrite(request) && inRest(request) },
  { name: '429, retry-after', fault: secondaryLimit(429, 30), meets: any },
  { name: '429, no retry-after', fault: secondaryLimit(429), meets: any },
  { name: '500', fault: answer(500), meets: any },
  { name: '502, a page', fault: { kind: 'answer', status: 502, body: '<html>Unicorn!</html>' }, meets: any },
  { name: '502, yet done', fault: answer(502, 'after'), meets: isWrite },
  { name: 'half an answer', fault: { kind: 'answer', status: 200, body: '{"half": ' }, meets: (one) => !isToken(one) },
  { name: 'GraphQL: limited', fault: error('RATE_LIMITED'), meets: isGraphql },
  { name: 'GraphQL: too much', fault: error('RESOURCE_LIMITS_EXCEEDED'), meets: isGraphql },
  { name: 'GraphQL: forbidden', fault: error('FORBIDDEN'), meets: isGraphql },
  { name: 'GraphQL: not found', fault: error('NOT_FOUND'), meets: isGraphql },
  { name: 'GraphQL: nothing', fault: graphql({ data: null }), meets: isGraphql },
  { name: 'cut', fault: { kind: 'cut' }, meets: any },
  { name: 'cut, yet done', fault: { kind: 'cut', when: 'after' }, meets: isWrite },
  { name: 'too late', fault: { kind: 'delay', milliseconds: TOO_LATE_MS, when: 'after' }, meets: any, slow: true },
];
