import fc from 'fast-check';
import type { Involvement } from '../../src/override/authority.ts';
import { decide } from '../../src/override/decide.ts';
import { DAY_MS, endOf, type Override } from '../../src/override/override.ts';
import type { ParsedCommand } from '../../src/override/parse-command.ts';
import { overridesInForce, reconcileOverrides } from '../../src/override/reconcile.ts';
import { foldOverrides, type OverrideEvent } from '../../src/override/transitions.ts';
import type { Finding } from '../../src/review/verdict.ts';
import { actor, command, finding, input, NOW, PEOPLE, type PersonName } from './fakes.ts';

/** One step of a dialogue: somebody comments, pushes, edits, loses his place in the team, or time passes. */
export type Step =
  | { readonly do: 'say'; readonly who: PersonName; readonly text: string }
  | { readonly do: 'push'; readonly part: 'facts' | 'policy' | 'fingerprint' | 'nothing'; readonly who: PersonName }
  | { readonly do: 'edit' | 'delete'; readonly comment: number }
  | { readonly do: 'leave' | 'join'; readonly who: PersonName }
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'merge' };

const name = fc.constantFrom(...(Object.keys(PEOPLE) as PersonName[]));
/** Approvers speak more often than others, or hardly an override would ever hold. */
const speaker = fc.oneof(name, fc.constantFrom<PersonName>('requester', 'approver', 'approver2', 'admin'));
const handle = fc.integer({ min: 1, max: 3 }).map((number) => `O${number}`);
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('for 10d', 'for 90d', 'until 2026-12-01', '')
      .map((term) => `/sightline override F1 ${term} because accepted-risk: x`),
  },
  { weight: 5, arbitrary: handle.map((it) => `/sightline approve ${it}`) },
  handle.map((it) => `/sightline deny ${it} because x`),
  handle.map((it) => `/sightline revoke ${it} because x`),
  handle.map((it) => `/sightline withdraw ${it}`),
);
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant('say' as const), who: speaker, text }) },
  fc.record({
    do: fc.constant('push' as const),
    part: fc.constantFrom('facts', 'policy', 'fingerprint', 'nothing'),
    who: name,
  }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constantFrom('edit' as const, 'delete' as const), comment: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constantFrom('leave' as const, 'join' as const), who: name }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.constant({ do: 'merge' as const }),
);

/** Plays a dialogue on the real rules and throws where an invariant breaks. Returns the events, for counting what happened. */
export function play(steps: readonly Step[]): OverrideEvent[] {
  const world = newWorld();
  for (const next of steps) {
    perform(world, next);
    reconcile(world);
    checkInvariants(world);
  }
  return world.events;
}

function newWorld() {
  return {
    now: NOW,
    comment: 0,
    merged: false,
    finding: finding({ factsDigest: 'facts-0' }),
    pushes: 0,
    gone: new Set<PersonName>(['former', 'outsider']),
    committers: new Set<number>([PEOPLE.author, PEOPLE.committer]),
    comments: new Map<number, 'comment_edited' | 'comment_deleted'>(),
    approvedAs: new Map<string, Finding>(),
    events: [] as OverrideEvent[],
  };
}
type World = ReturnType<typeof newWorld>;

function perform(world: World, next: Step): void {
  if (next.do === 'say') say(world, next.who, next.text);
  else if (next.do === 'push') push(world, next);
  else if (next.do === 'edit' || next.do === 'delete')
    world.comments.set(next.comment, next.do === 'edit' ? 'comment_edited' : 'comment_deleted');
  else if (next.do === 'leave') world.gone.add(next.who);
  else if (next.do === 'join') world.gone.delete(next.who);
  else if (next.do === 'wait') world.now += next.days * DAY_MS;
  else world.merged = true;
}

function say(world: World, who: PersonName, words: string): void {
  world.comment += 1;
  const decision = decide(
    parsed(words),
    input({
      findings: [world.finding],
      overrides: foldOverrides(world.events),
      actor: member(world, who),
      involvement: involvementIn(world),
      comment: { id: world.comment, hash: `h${world.comment}` },
      now: world.now,
      nextNumber: world.events.filter(({ kind }) => kind === 'override.requested').length + 1,
      pullRequest: { number: 5, headSha: 'a', open: !world.merged },
    }),
  );
  for (const event of decision.events) {
    if (event.kind === 'override.approved') {
      world.approvedAs.set(event.handle, world.finding);
      const by = event.by.id;
      const asked = foldOverrides(world.events).find((it) => it.handle === event.handle);
      assert(
        by !== asked?.requestedBy.id && by !== PEOPLE.author && by !== PEOPLE.bot && !world.committers.has(by),
        'approved by somebody involved',
      );
      assert(!world.gone.has(who) || who === 'admin', 'approved by somebody who is no approver');
    }
    world.events.push(event);
  }
}

/** Few sentences are said in many dialogues, and reading Markdown takes most of the time. */
const known = new Map<string, ParsedCommand>();

function parsed(words: string): ParsedCommand {
  const read = known.get(words) ?? command(words);
  known.set(words, read);
  return read;
}

function involvementIn({ committers }: World): Involvement {
  return { authorId: PEOPLE.author, commitPeople: committers, lastPushers: new Set([PEOPLE.pusher]), complete: true };
}

function member(world: World, who: PersonName) {
  return world.gone.has(who)
    ? actor(who, { teams: new Set() })
    : actor(who, who === 'former' || who === 'outsider' ? { teams: new Set(['acme/ai-review']) } : {});
}

function push(world: World, { part, who }: Extract<Step, { do: 'push' }>): void {
  if (world.merged) return;
  world.pushes += 1;
  world.committers.add(PEOPLE[who]);
  const tag = String(world.pushes);
  if (part === 'facts') world.finding = { ...world.finding, factsDigest: `facts-${tag}` };
  if (part === 'fingerprint') world.finding = { ...world.finding, fingerprint: `print-${tag}` };
  if (part === 'policy')
    world.finding = { ...world.finding, policy: { version: tag, digest: tag } as NonNullable<Finding['policy']> };
}

function reconcile(world: World): void {
  const byId = new Map(Object.entries(PEOPLE).map(([key, id]) => [id as number, key as PersonName]));
  const events = reconcileOverrides(foldOverrides(world.events), {
    pullRequest: { number: 5, merged: world.merged },
    findings: [world.finding],
    now: world.now,
    stillApprover: (_override, id) => {
      const who = byId.get(id);
      return who !== undefined && (who === 'admin' || member(world, who).teams.size > 0);
    },
    involvement: involvementIn(world),
    comments: world.comments,
  });
  world.events.push(...events);
}

function checkInvariants(world: World): void {
  const overrides = foldOverrides(world.events);
  for (const held of overridesInForce(overrides, 5, world.now)) checkHeld(world, held);
}

function checkHeld(world: World, held: Override): void {
  assert(world.now < endOf(held), 'holds beyond its end');
  assert(endOf(held) <= held.requestedAt + 91 * DAY_MS, 'longer than the rule allows');
  const people = new Set(held.approvals.map((approval) => approval.by.id));
  assert(people.size >= 2, 'holds without two approvals of different people');
  assert(!people.has(held.requestedBy.id), 'approved by its own requester');
  const comments = [held.requestComment.id, ...held.approvals.map((approval) => approval.comment.id)];
  assert(!comments.some((id) => world.comments.has(id)), 'holds on an edited or deleted comment');
  if (!held.merged) assert(![...people].some((id) => world.committers.has(id)), 'approved by somebody who works on it');
  if (!held.merged)
    assert(
      held.binding.factsDigest === world.finding.factsDigest &&
        held.binding.fingerprint === world.finding.fingerprint &&
        held.binding.policyVersion === world.finding.policy?.version,
      'holds for a changed finding',
    );
}

function assert(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
