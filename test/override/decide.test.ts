import { describe, expect, it } from 'vitest';
import { decide } from '../../src/override/decide.ts';
import { actor, command, finding, INVOLVEMENT, input, override, PEOPLE } from './fakes.ts';

describe('an approval', () => {
  const approve = command('/sightline approve O12');
  const by = (changes: Parameters<typeof input>[0]) =>
    decide(approve, input({ actor: actor('approver'), overrides: [override()], ...changes }));

  it.each([
    ['by an admin who worked on it', { actor: actor('admin', { id: PEOPLE.committer }) }, 'committer'],
    ['by a renamed author', { actor: actor('approver', { id: PEOPLE.author, login: 'somebody-else' }) }, 'author'],
    ['where GitHub could not list all commits', { involvement: { ...INVOLVEMENT, complete: false } }, 'people_unknown'],
    ['by somebody whose teams GitHub does not show', { actor: actor('former', { unseen: true }) }, 'authority_unseen'],
    ['by somebody with a role that is not named', { actor: actor('former', { roleName: 'maintain' }) }, 'not_approver'],
    [
      'by somebody who is named, and has no access of his own',
      {
        actor: actor('outsider', { outsider: true }),
        approvers: [{ applies: [], userIds: [PEOPLE.outsider], teams: [], roles: [] }],
      },
      'not_approver',
    ],
    [
      'by an approver of another policy',
      { approvers: [{ applies: ['eu-ai-act'], userIds: [PEOPLE.approver], teams: [], roles: [] }] },
      'not_approver',
    ],
    [
      'by a general approver where the rule has its own',
      {
        approvers: [
          { applies: [], userIds: [PEOPLE.approver], teams: [], roles: [] },
          { applies: ['ms-aoai-2024-05/ID'], userIds: [PEOPLE.approver2], teams: [], roles: [] },
        ],
      },
      'not_approver',
    ],
  ])('is refused %s', (_what, changes, refusal) => {
    expect(by(changes)).toMatchObject({ events: [], answer: { code: 'refused', refusal } });
  });

  it('is refused for what is no longer there as it was asked for', () => {
    expect(by({ findings: [finding({ factsDigest: 'facts-2' })] })).toMatchObject({
      events: [],
      answer: { code: 'changed_since' },
    });
    expect(by({ findings: [] })).toMatchObject({ events: [], answer: { code: 'changed_since' } });
  });

  it('is refused after the end', () => {
    const late = Date.parse('2026-12-23T00:00:00Z');
    expect(by({ now: late })).toMatchObject({ events: [], answer: { code: 'not_open', state: 'expired' } });
    expect(by({ now: late - 1 }).events).toHaveLength(1);
  });

  it('is refused on another pull request', () => {
    expect(by({ overrides: [override({ pullRequest: 6 })] })).toMatchObject({
      answer: { code: 'unknown_override', known: [] },
    });
  });
});

describe('a request', () => {
  const ask = (text: string, changes: Parameters<typeof input>[0] = {}) => decide(command(text), input(changes));
  const plain = '/sightline override F1 for 30d because accepted-risk: a pilot';

  it('records what it binds to and when it ends', () => {
    const { events, answer } = ask(plain);
    expect(events).toMatchObject([
      {
        kind: 'override.requested',
        handle: 'O12',
        until: '2026-12-22',
        approvalsNeeded: 2,
        binding: {
          rule: 'ms-aoai-2024-05/ID',
          fingerprint: 'print-1',
          factsDigest: 'facts-1',
          policyVersion: '2024-05-01',
        },
        requestedBy: { id: PEOPLE.requester },
      },
    ]);
    expect(answer).toMatchObject({ code: 'requested', override: { state: 'requested' } });
  });

  it('may come before the day from which the finding blocks', () => {
    const advised = finding({ level: 'warn', enforcedLevel: 'block' });
    expect(ask(plain, { findings: [advised] }).answer).toMatchObject({ code: 'requested' });
  });

  it.each([
    [
      'a ground that the rule does not admit',
      plain.replace('accepted-risk', 'legal-authority'),
      {},
      { code: 'ground_not_admitted' },
    ],
    ['a day in the past', plain.replace('for 30d', 'until 2026-11-21'), {}, { code: 'term_past' }],
    ['too long', plain.replace('for 30d', 'for 91d'), {}, { code: 'term_too_long', latest: '2027-02-20' }],
    ['an unknown finding', plain.replace('F1', 'F9'), {}, { code: 'unknown_finding', known: ['F1'] }],
    ['a finding that only warns', plain, { findings: [finding({ level: 'warn' })] }, { code: 'does_not_block' }],
    ['an existing finding', plain, { findings: [finding({ age: 'existing' })] }, { code: 'does_not_block' }],
    [
      'a rule without grounds',
      plain,
      { findings: [finding({ override: { grounds: [], approvals: 2, maxDays: 0 } })] },
      { code: 'not_overridable' },
    ],
    [
      'a closed pull request',
      plain,
      { pullRequest: { number: 5, headSha: 'a', open: false } },
      { code: 'pull_request_closed' },
    ],
    ['the same twice', plain, { overrides: [override()] }, { code: 'already_requested' }],
    ['an outsider', plain, { actor: actor('outsider') }, { code: 'refused', refusal: 'may_not_request' }],
    ['a bot', plain, { actor: actor('bot') }, { code: 'refused', refusal: 'bot' }],
  ])('is refused: %s', (_what, text, changes, answer) => {
    expect(ask(text, changes)).toMatchObject({ events: [], answer });
  });

  it('is taken from an author of a fork who may not write', () => {
    expect(ask(plain, { actor: actor('author', { canWrite: false }) }).events).toHaveLength(1);
  });

  it('is taken again in the last seven days of one that holds, not before', () => {
    const held = (until: string) => ask(plain, { overrides: [override({ state: 'active', until })] });
    expect(held('2026-11-30').answer).toMatchObject({ code: 'already_requested' });
    expect(held('2026-11-29').events).toMatchObject([{ kind: 'override.requested', until: '2026-12-22' }]);
    expect(held('2026-11-22').events).toHaveLength(1);
    const asked = ask(plain, { overrides: [override({ until: '2026-11-29' })] });
    expect(asked.answer).toMatchObject({ code: 'already_requested' });
  });

  it('is taken again after a denial', () => {
    expect(ask(plain, { overrides: [override({ state: 'denied' })] }).events).toHaveLength(1);
  });

  it('takes the shorter of 30 days and the maximum when no end is named', () => {
    const text = '/sightline override F1 because accepted-risk: a pilot';
    expect(ask(text).events).toMatchObject([{ until: '2026-12-22' }]);
    const week = finding({ override: { grounds: ['accepted-risk'], approvals: 1, maxDays: 7 } });
    expect(ask(text, { findings: [week] }).events).toMatchObject([{ until: '2026-11-29' }]);
  });
});
