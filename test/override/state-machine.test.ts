import { describe, expect, it } from 'vitest';
import { decide } from '../../src/override/decide.ts';
import type { Approval, Override, OverrideState } from '../../src/override/override.ts';
import { applyEvent, type EventKind, type OverrideEvent, TRANSITIONS } from '../../src/override/transitions.ts';
import { actor, command, input, NOW, override, PEOPLE, type PersonName } from './fakes.ts';

/*
 * Who may do what in which state, cell by cell, as the rules were written down before there was any code: nothing here is computed from
 * the code or from another cell. Everybody but `former` and `outsider` is in the team that approves, the admin is an approver by his role.
 *
 * OK: done, with the state on the right; ×: the state does not allow it, whoever asks; otherwise refused for a reason of the person:
 * au author, ow own request, co committer, lp last pusher, na no approver, bo bot, tw approved already, rq not who asked, mr may not ask.
 */
const WHO = 'author requester committer pusher approver approver2 former outsider admin bot';

const TABLE = `
/sightline approve O12
requested, none of two  au ow co lp OK OK na na OK bo  requested
requested, one of two   au ow co lp tw OK na na OK bo  active
active                  au ow co lp tw tw na na ×  bo
denied                  au ow co lp ×  ×  na na ×  bo
withdrawn               au ow co lp ×  ×  na na ×  bo
revoked                 au ow co lp ×  ×  na na ×  bo
lapsed                  au ow co lp ×  ×  na na ×  bo
expired                 au ow co lp ×  ×  na na ×  bo
voided                  au ow co lp ×  ×  na na ×  bo

/sightline deny O12 because no
requested, none of two  OK OK OK OK OK OK na na OK bo  denied
requested, one of two   OK OK OK OK OK OK na na OK bo  denied
active                  ×  ×  ×  ×  ×  ×  na na ×  bo
denied                  ×  ×  ×  ×  ×  ×  na na ×  bo
withdrawn               ×  ×  ×  ×  ×  ×  na na ×  bo
revoked                 ×  ×  ×  ×  ×  ×  na na ×  bo
lapsed                  ×  ×  ×  ×  ×  ×  na na ×  bo
expired                 ×  ×  ×  ×  ×  ×  na na ×  bo
voided                  ×  ×  ×  ×  ×  ×  na na ×  bo

/sightline revoke O12 because no
requested, none of two  ×  ×  ×  ×  ×  ×  na na ×  bo
requested, one of two   ×  ×  ×  ×  ×  ×  na na ×  bo
active                  OK OK OK OK OK OK na na OK bo  revoked
denied                  ×  ×  ×  ×  ×  ×  na na ×  bo
withdrawn               ×  ×  ×  ×  ×  ×  na na ×  bo
revoked                 ×  ×  ×  ×  ×  ×  na na ×  bo
lapsed                  ×  ×  ×  ×  ×  ×  na na ×  bo
expired                 ×  ×  ×  ×  ×  ×  na na ×  bo
voided                  ×  ×  ×  ×  ×  ×  na na ×  bo

/sightline withdraw O12
requested, none of two  rq OK rq rq rq rq rq rq rq bo  withdrawn
requested, one of two   rq OK rq rq rq rq rq rq rq bo  withdrawn
active                  rq OK rq rq rq rq rq rq rq bo  withdrawn
denied                  rq ×  rq rq rq rq rq rq rq bo
withdrawn               rq ×  rq rq rq rq rq rq rq bo
revoked                 rq ×  rq rq rq rq rq rq rq bo
lapsed                  rq ×  rq rq rq rq rq rq rq bo
expired                 rq ×  rq rq rq rq rq rq rq bo
voided                  rq ×  rq rq rq rq rq rq rq bo

/sightline override F1 for 30d because accepted-risk: again
requested, none of two  ×  ×  ×  ×  ×  ×  ×  mr ×  bo
requested, one of two   ×  ×  ×  ×  ×  ×  ×  mr ×  bo
active                  ×  ×  ×  ×  ×  ×  ×  mr ×  bo
denied                  OK OK OK OK OK OK OK mr OK bo  requested
withdrawn               OK OK OK OK OK OK OK mr OK bo  requested
revoked                 OK OK OK OK OK OK OK mr OK bo  requested
lapsed                  OK OK OK OK OK OK OK mr OK bo  requested
expired                 OK OK OK OK OK OK OK mr OK bo  requested
voided                  OK OK OK OK OK OK OK mr OK bo  requested
`;

const REFUSALS: Readonly<Record<string, string>> = {
  au: 'author',
  ow: 'own_request',
  co: 'committer',
  lp: 'last_pusher',
  na: 'not_approver',
  bo: 'bot',
  tw: 'already_approved',
  rq: 'not_requester',
  mr: 'may_not_request',
};

const EVENTS: Readonly<Record<string, string>> = {
  approve: 'override.approved',
  deny: 'override.denied',
  revoke: 'override.revoked',
  withdraw: 'override.withdrawn',
  override: 'override.requested',
};

interface Row {
  readonly text: string;
  readonly row: string;
  readonly cells: readonly string[];
  readonly becomes: string;
}

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n\n')
  .flatMap((part) => {
    const [text = '', ...rows] = part.split('\n');
    return rows.map((line): Row => {
      const [, row = '', cells = '', becomes = ''] =
        /^(.{22})\s+((?:\S{1,2}\s+){9}\S{1,2})(?:\s+(\w+))?$/.exec(line) ?? [];
      return { text, row: row.trim(), cells: cells.split(/\s+/), becomes };
    });
  });

const CELLS = ROWS.flatMap(({ text, row, cells, becomes }) =>
  WHO.split(' ').map((who, index) => ({ text, row, who: who as PersonName, cell: cells[index] ?? '', becomes })),
);

const approval = (name: PersonName, id: number): Approval => ({
  by: { id: PEOPLE[name], login: name },
  at: NOW - 500,
  comment: { id, hash: `h${id}` },
});
const ONE = [approval('approver', 95)];
const TWO = [...ONE, approval('approver2', 96)];

function overrideIn(row: string): Override {
  if (row === 'requested, none of two') return override();
  if (row === 'requested, one of two') return override({ approvals: ONE });
  return row === 'active' ? override({ state: row, approvals: TWO }) : override({ state: row as OverrideState });
}

describe('who may do what in which state', () => {
  it('is written down for every command, state and person', () => {
    expect(CELLS).toHaveLength(5 * 9 * 10);
    expect(new Set(CELLS.map(({ who }) => who))).toEqual(new Set(Object.keys(PEOPLE)));
    for (const { cell } of CELLS) expect(['OK', '×', ...Object.keys(REFUSALS)]).toContain(cell);
  });

  it.each(CELLS)('$text by $who when $row: $cell', ({ text, row, who, cell, becomes }) => {
    const { events, answer } = decide(command(text), input({ actor: actor(who), overrides: [overrideIn(row)] }));
    if (cell === 'OK') {
      const kind = EVENTS[text.split(' ')[1] ?? ''];
      expect(events).toMatchObject([{ kind, handle: 'O12' }]);
      expect(answer).toMatchObject({ override: { state: becomes } });
    } else {
      expect(events).toEqual([]);
      if (cell === '×') expect(['not_open', 'already_requested']).toContain(answer.code);
      else expect(answer).toMatchObject({ code: 'refused', refusal: REFUSALS[cell] });
    }
  });
});

/** What each event makes of an override that is asked for (one of two approvals), and of one that holds (two of two). */
const BECOMES: readonly (readonly [EventKind, OverrideState, OverrideState])[] = [
  ['override.approved', 'active', 'active'],
  ['override.denied', 'denied', 'active'],
  ['override.revoked', 'requested', 'revoked'],
  ['override.withdrawn', 'withdrawn', 'withdrawn'],
  ['override.lapsed', 'lapsed', 'lapsed'],
  ['override.expired', 'expired', 'expired'],
  ['override.merged', 'requested', 'active'],
  ['override.request_voided', 'voided', 'voided'],
  ['override.approval_voided', 'requested', 'requested'],
];

const ENDED: readonly OverrideState[] = ['denied', 'withdrawn', 'revoked', 'lapsed', 'expired', 'voided'];

function eventOf(kind: EventKind): OverrideEvent {
  const by = { id: PEOPLE.admin, login: 'admin' };
  const approver = { id: PEOPLE.approver, login: 'approver' };
  const happened = { handle: 'O12', at: NOW, by, approver, comment: { id: 99, hash: 'h99' }, changed: ['facts'] };
  return { kind, ...happened, reason: 'comment_edited' } as unknown as OverrideEvent;
}

describe('what events make of an override', () => {
  it.each(BECOMES)('%s: %s where it is asked for, %s where it holds', (kind, asked, held) => {
    expect(applyEvent(override({ approvals: ONE }), eventOf(kind)).state).toBe(asked);
    expect(applyEvent(override({ state: 'active', approvals: TWO }), eventOf(kind)).state).toBe(held);
  });

  it.each(ENDED)('nothing, once it is %s', (state) => {
    const ended = override({ state, ended: { at: NOW - 1, reason: 'then' } });
    for (const [kind] of BECOMES) expect(applyEvent(ended, eventOf(kind))).toEqual(ended);
  });

  it('is the table that the documents show', () => {
    const kinds = new Set(Object.values(TRANSITIONS).flatMap((row) => Object.keys(row)));
    expect(kinds).toEqual(new Set(BECOMES.map(([kind]) => kind)));
    expect(Object.keys(TRANSITIONS)).toEqual(['requested', 'active']);
  });
});
