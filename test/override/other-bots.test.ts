import { describe, expect, it } from 'vitest';
import { type Decision, decide } from '../../src/override/decide.ts';
import { isCommandError, parseCommands } from '../../src/override/parse-command.ts';
import { type ReconcileInput, reconcileOverrides } from '../../src/override/reconcile.ts';
import { applyEvent } from '../../src/override/transitions.ts';
import { actor, command, finding, INVOLVEMENT, input, NOW, override, PEOPLE, type PersonName } from './fakes.ts';

/*
 * What the bots that people know test of their own commands, asked of ours: Prow's override plugin
 * (kubernetes-sigs/prow, pkg/plugins/override/override_test.go), policy-bot (palantir/policy-bot, policy/approval and
 * policy/common); triagebot's are in `other-bots-parsing.test.ts`. Where ours answers otherwise, its name says so.
 */

const ASK = '/sightline override F1 for 30d because accepted-risk: a pilot';

const names = (body: string) =>
  parseCommands(body).map((parsed) => (isCommandError(parsed) ? parsed.error : parsed.name));

function say(text: string, who: PersonName, changes: Parameters<typeof input>[0] = {}): Decision {
  return decide(command(text), input({ actor: actor(who), overrides: [override()], ...changes }));
}

function reconciled(changes: Partial<ReconcileInput>, of = active()) {
  const events = reconcileOverrides([of], {
    pullRequest: { number: 5, merged: false },
    findings: [finding()],
    now: NOW,
    stillApprover: () => true,
    involvement: INVOLVEMENT,
    comments: new Map(),
    ...changes,
  });
  return { events, state: events.reduce(applyEvent, of).state };
}

const approval = (name: PersonName, id: number) => ({
  by: { id: PEOPLE[name], login: name },
  at: NOW - 500,
  comment: { id, hash: `h${id}` },
});
const active = () => override({ state: 'active', approvals: [approval('approver', 95), approval('approver2', 96)] });

describe("what Prow's override plugin tests", () => {
  it('overrides a failure, but only once others have approved', () => {
    const asked = say(ASK, 'requester', { overrides: [] });
    expect(asked.answer).toMatchObject({ code: 'requested', override: { state: 'requested' } });
  });

  it('takes several overrides in one comment, a line each', () => {
    expect(names(`${ASK}\n${ASK.replace('F1', 'F2')}`)).toEqual(['override', 'override']);
    expect(names('/sightline override F1 F2 because accepted-risk: x')).toEqual(['bad_term']);
  });

  it('takes more white space and other line ends than it asks for', () => {
    expect(names(`  ${ASK.replaceAll(' ', '  ')}  \r\n\r\n/sightline\tstatus\t`)).toEqual(['override', 'status']);
  });

  it('says what there is where the target is unknown', () => {
    expect(say(ASK.replace('F1', 'F7'), 'requester').answer).toEqual({
      code: 'unknown_finding',
      target: 'F7',
      known: ['F1'],
    });
  });

  it('says what to write where the target is missing', () => {
    expect(parseCommands('/sightline override')).toMatchObject([
      { error: 'bad_target', usage: expect.stringContaining('override F3') },
    ]);
  });

  it('refuses to override what does not fail', () => {
    expect(say(ASK, 'requester', { overrides: [], findings: [finding({ level: 'inform' })] }).answer).toMatchObject({
      code: 'does_not_block',
    });
  });

  it('refuses people without authority, and says who has it', () => {
    expect(say('/sightline approve O12', 'outsider')).toMatchObject({
      events: [],
      answer: { code: 'refused', refusal: 'not_approver', approvers: [{ teams: ['acme/ai-review'] }] },
    });
  });

  it('takes an admin, unlike Prow not for his own pull request', () => {
    expect(say('/sightline approve O12', 'admin').events).toHaveLength(1);
    const own = { ...INVOLVEMENT, authorId: PEOPLE.admin };
    expect(say('/sightline approve O12', 'admin', { involvement: own }).answer).toMatchObject({ refusal: 'author' });
  });

  it('fails closed where authority could not be asked for', () => {
    const unasked = actor('approver', { teams: new Set() });
    expect(say('/sightline approve O12', 'approver', { actor: unasked }).events).toEqual([]);
  });

  it('leaves closed pull requests alone', () => {
    const pullRequest = { number: 5, headSha: 'a', open: false };
    expect(say(ASK, 'requester', { overrides: [], pullRequest }).answer).toEqual({ code: 'pull_request_closed' });
  });

  it('cancels an override, by whoever asked or by an approver', () => {
    expect(say('/sightline withdraw O12', 'requester', { overrides: [active()] }).answer).toMatchObject({
      code: 'withdrawn',
    });
    expect(say('/sightline revoke O12 because over', 'approver', { overrides: [active()] }).answer).toMatchObject({
      code: 'revoked',
    });
  });

  it('refuses to cancel what is not there, and what others asked for', () => {
    expect(say('/sightline withdraw O9', 'requester').answer).toEqual({
      code: 'unknown_override',
      target: 'O9',
      known: ['O12'],
    });
    expect(say('/sightline withdraw O12', 'approver').answer).toMatchObject({
      code: 'refused',
      refusal: 'not_requester',
    });
  });

  it('takes a new request after a cancelled one, which does not come back', () => {
    const cancelled = override({ state: 'withdrawn' });
    expect(say(ASK, 'requester', { overrides: [cancelled] }).events).toMatchObject([{ kind: 'override.requested' }]);
    expect(say('/sightline approve O12', 'approver', { overrides: [cancelled] }).answer).toMatchObject({
      code: 'not_open',
    });
  });

  it('keeps an override over a push that changes nothing of it, and lets it lapse over one that does', () => {
    expect(reconciled({})).toEqual({ events: [], state: 'active' });
    expect(reconciled({ findings: [finding({ factsDigest: 'facts-2' })] })).toMatchObject({
      events: [{ changed: ['facts'] }],
      state: 'lapsed',
    });
  });

  it.each([
    ['needs more approvals', { approvals: 3 }],
    ['no longer admits the ground', { grounds: ['false-positive' as const] }],
    ['no longer admits the term', { maxDays: 1 }],
  ])('lets an override lapse whose rule %s, though it names the same version', (_, stricter) => {
    const { override: terms } = finding();
    expect(reconciled({ findings: [finding({ override: { ...terms, ...stricter } })] })).toMatchObject({
      events: [{ changed: ['policy'] }],
      state: 'lapsed',
    });
  });
});

describe('what policy-bot tests', () => {
  it.each<[PersonName, string]>([
    ['author', 'author'],
    ['committer', 'committer'],
    ['pusher', 'last_pusher'],
    ['requester', 'own_request'],
    ['bot', 'bot'],
  ])('does not count the %s', (who, refusal) => {
    expect(say('/sightline approve O12', who)).toMatchObject({ events: [], answer: { refusal } });
  });

  it('counts a person once, however often he approves', () => {
    const once = override({ approvals: [approval('approver', 95)] });
    expect(say('/sightline approve O12', 'approver', { overrides: [once] }).answer).toMatchObject({
      refusal: 'already_approved',
    });
    expect(say('/sightline approve O12', 'approver2', { overrides: [once] }).answer).toMatchObject({
      override: { state: 'active' },
    });
  });

  it('does not count a comment that was edited or deleted, whoever did it', () => {
    for (const change of ['comment_edited', 'comment_deleted'] as const) {
      expect(reconciled({ comments: new Map([[95, change]]) })).toMatchObject({
        events: [{ reason: change }],
        state: 'requested',
      });
      expect(reconciled({ comments: new Map([[90, change]]) })).toMatchObject({
        events: [{ reason: change }],
        state: 'voided',
      });
    }
  });

  it('does not count who has left the team since', () => {
    const stillApprover: ReconcileInput['stillApprover'] = (_, id) => id !== PEOPLE.approver;
    expect(reconciled({ stillApprover })).toMatchObject({
      events: [{ reason: 'authority_lost', approver: { id: PEOPLE.approver } }],
      state: 'requested',
    });
  });

  it('does not count who has pushed since', () => {
    const commitPeople = new Set([PEOPLE.author, PEOPLE.approver2]);
    expect(reconciled({ involvement: { ...INVOLVEMENT, commitPeople } })).toMatchObject({
      events: [{ reason: 'became_involved', approver: { id: PEOPLE.approver2 } }],
      state: 'requested',
    });
    expect(reconciled({ involvement: { ...INVOLVEMENT, lastPushers: new Set([PEOPLE.approver]) } }).state).toBe(
      'requested',
    );
  });

  it('counts nobody where not all commits are known, before and after', () => {
    const involvement = { ...INVOLVEMENT, complete: false };
    expect(say('/sightline approve O12', 'approver', { involvement }).answer).toMatchObject({
      refusal: 'people_unknown',
    });
    expect(reconciled({ involvement }).state).toBe('requested');
  });

  it('does not ask who pushed after the merge', () => {
    const commitPeople = new Set([PEOPLE.approver]);
    const merged = { pullRequest: { number: 5, merged: true }, involvement: { ...INVOLVEMENT, commitPeople } };
    expect(reconciled(merged, { ...active(), merged: true })).toEqual({ events: [], state: 'active' });
  });

  it('compares people by id: a new login is the same person, an old login a new one is not', () => {
    const renamed = actor('author', { login: 'approver' });
    expect(say('/sightline approve O12', 'approver', { actor: renamed }).answer).toMatchObject({ refusal: 'author' });
    const stranger = actor('outsider', { login: 'approver' });
    expect(say('/sightline approve O12', 'approver', { actor: stranger }).answer).toMatchObject({
      refusal: 'not_approver',
    });
  });

  it('denies, and a denial is not undone by an approval', () => {
    const denied = override({ state: 'denied' });
    expect(say('/sightline deny O12 because no', 'approver').answer).toMatchObject({ code: 'denied' });
    expect(say('/sightline approve O12', 'approver2', { overrides: [denied] }).answer).toMatchObject({
      code: 'not_open',
      state: 'denied',
    });
  });
});
