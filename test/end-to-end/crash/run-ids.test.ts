import { expect, it } from 'vitest';
import type { LoggedRequest } from '../../github/request-log.ts';
import { runsSeen } from './run-ids.ts';

function request(job: string, run: string): LoggedRequest {
  const baggage = `job=${encodeURIComponent(job)},process=1`;
  return {
    method: 'GET',
    path: '/x',
    operation: '',
    actor: 'installation',
    body: undefined,
    at: 0,
    status: 200,
    traceparent: `00-${run}-0-01`,
    baggage,
  };
}

it.each([
  ['one after the other', ['a 1', 'a 1', 'a 2', 'a 2'], 2, 0],
  ['of different jobs at once', ['a 1', 'b 2', 'a 1', 'b 2'], 2, 0],
  ['of one job at once', ['a 1', 'a 2', 'a 1', 'a 2'], 2, 2],
  ['that come back later', ['a 1', 'a 2', 'b 3', 'a 1'], 3, 1],
])('sees runs %s', (_, sent, runs, overlaps) => {
  const seen = runsSeen(sent.map((each) => request(each.split(' ')[0] ?? '', each.split(' ')[1] ?? '')));
  expect([seen.runs, seen.overlaps.length]).toEqual([runs, overlaps]);
});
