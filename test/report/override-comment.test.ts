import { describe, expect, it } from 'vitest';
import { decide } from '../../src/override/decide.ts';
import { parseCommands } from '../../src/override/parse-command.ts';
import { reactionOf } from '../../src/report/override-answers.ts';
import { type Exchange, overrideComment } from '../../src/report/override-comment.ts';
import { APPROVERS, actor, command, finding, INVOLVEMENT, input, NOW, override, PEOPLE } from '../override/fakes.ts';

const wrote = (login: string, excerpt: string, replies: Exchange['replies']): Exchange => ({
  login,
  excerpt,
  replies,
  commentUrl: 'https://github.example/acme/app/pull/5#issuecomment-1',
});
const ask = '/sightline override F1 for 30d because accepted-risk: a pilot in the lab';

describe('the comment that holds the dialogue', () => {
  it('shows a request, who may decide, and how', async () => {
    const { answer } = decide(command(ask), input());
    const comment = overrideComment([override()], [wrote('requester', ask, [answer])], NOW);
    await expect(comment).toMatchFileSnapshot('golden/override-requested.md');
  });

  it('shows what holds, what ended and why, and a refusal', async () => {
    const active = override({
      state: 'active',
      approvals: [{ by: { id: PEOPLE.approver, login: 'approver' }, at: NOW, comment: { id: 1, hash: 'h' } }],
    });
    const lapsed = override({ handle: 'O11', state: 'lapsed', ended: { at: NOW, reason: 'facts' } });
    const refused = decide(
      command('/sightline approve O12'),
      input({ actor: actor('author'), overrides: [override()] }),
    ).answer;
    const wrong = parseCommands('/sightline aprove O12 @everyone').flatMap((it) =>
      'error' in it ? [{ code: 'not_understood' as const, ...it }] : [],
    );
    const comment = overrideComment(
      [lapsed, active],
      [wrote('author', '/sightline approve O12', [refused]), wrote('x', '/sightline aprove O12 @everyone', wrong)],
      NOW,
    );
    await expect(comment).toMatchFileSnapshot('golden/override-decided.md');
  });

  it('stays within the size of a comment, the table in front', () => {
    const long = override({ reason: '@team '.repeat(1000) });
    const exchanges = Array.from({ length: 500 }, (_, index) => wrote(`u${index}`, ask.repeat(20), [{ code: 'help' }]));
    const comment = overrideComment(
      Array.from({ length: 200 }, (_, index) => ({ ...long, handle: `O${index}` })),
      exchanges,
      NOW,
    );
    expect(new TextEncoder().encode(comment).length).toBeLessThan(65_536);
    expect(comment.indexOf('| `O199`')).toBeGreaterThan(0);
    expect(comment).toMatch(/\d+ earlier answers are left out/);
    expect(comment).not.toMatch(/(^|[^`\w])@team/m);
  });
});

it.each([
  [ask, {}, '+1'],
  ['/sightline override F9 because accepted-risk: x', {}, 'confused'],
  ['/sightline approve O12', { actor: actor('outsider'), overrides: [override()] }, '-1'],
  [
    '/sightline approve O12',
    { actor: actor('approver'), overrides: [override()], approvers: APPROVERS, involvement: INVOLVEMENT },
    '+1',
  ],
  ['/sightline explain F1', { findings: [finding()] }, 'eyes'],
])('reacts to %j', (text, changes, reaction) => {
  expect(reactionOf(decide(command(text), input(changes)).answer)).toBe(reaction);
});
