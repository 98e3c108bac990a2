import { expect, it } from 'vitest';
import { feedText } from '../../../src/server/feed/feed-text.ts';
import { decision, VERDICT } from './feed-kit.ts';

const PLACE = { seq: 1, previousHash: '', hash: 'abc' };
const URL = 'https://github.com/acme/widgets/pull/1';

it.each([
  [decision(), `Override O1 was approved by ada: ${URL}`],
  [
    decision({ kind: 'override.requested', data: { handle: 'O2', requestedBy: { id: 1, login: 'octo-bot[bot]' } } }),
    `Override O2 was asked for by octo-bot[bot]: ${URL}`,
  ],
  [
    decision({ kind: 'override.lapsed', data: { handle: 'O2' } }),
    `Override O2 lapsed, as what it rests on has changed: ${URL}`,
  ],
  [decision({ data: { handle: '<!channel>', by: { login: '<@U1> *x*' } } }), `An override was approved: ${URL}`],
  [VERDICT, `The verdict is "pass": ${URL}`],
  [{ ...VERDICT, data: { outcome: 'needs_information' } }, `The verdict is "needs information": ${URL}`],
  [{ ...VERDICT, data: null }, `verdict: ${URL}`],
])('says in a line what happened', (entry, text) => {
  expect(feedText({ ...entry, ...PLACE }, URL)).toBe(text);
});

it('names the place by numbers where the repository has no known name', () => {
  const { pullRequest: _, ...ofNone } = VERDICT;
  expect(feedText({ ...VERDICT, ...PLACE })).toBe('The verdict is "pass": repository 7, pull request 1');
  expect(feedText({ ...ofNone, ...PLACE })).toBe('The verdict is "pass": repository 7');
});
