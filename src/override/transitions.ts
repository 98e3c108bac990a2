import type { Approval, Binding, CommentReference, Override, OverrideState, Person, VoidReason } from './override.ts';

/** Which part of what an override binds to is no longer the same. */
export type BoundPart = 'fingerprint' | 'facts' | 'policy';

interface Happened {
  readonly handle: string;
  readonly at: number;
}

interface Decided extends Happened {
  readonly by: Person;
  readonly comment: CommentReference;
}

/** What can happen to an override. These are the ledger's records: the state is the fold of them. */
export type OverrideEvent =
  | ({ readonly kind: 'override.requested'; readonly at: number } & Omit<
      Override,
      'approvals' | 'voided' | 'state' | 'merged' | 'ended'
    >)
  | ({ readonly kind: 'override.approved' } & Decided)
  | ({ readonly kind: 'override.denied' | 'override.revoked'; readonly reason: string } & Decided)
  | ({ readonly kind: 'override.withdrawn' } & Decided)
  | ({ readonly kind: 'override.lapsed'; readonly changed: readonly BoundPart[]; readonly now?: Binding } & Happened)
  | ({ readonly kind: 'override.expired' | 'override.merged' } & Happened)
  | ({ readonly kind: 'override.request_voided'; readonly reason: VoidReason } & Happened)
  | ({ readonly kind: 'override.approval_voided'; readonly approver: Person; readonly reason: VoidReason } & Happened);

export type EventKind = OverrideEvent['kind'];

/** `approvals`: requested or active, whichever the number of approvals says. `same`: recorded, the state stays. */
type Next = OverrideState | 'approvals' | 'same';

/**
 * The state machine, whole: what each event makes of each open state. What is not listed is refused. Ended states have no way
 * out: who wants an override again asks for a new one.
 */
export const TRANSITIONS: Readonly<Record<'requested' | 'active', Readonly<Partial<Record<EventKind, Next>>>>> = {
  requested: {
    'override.approved': 'approvals',
    'override.denied': 'denied',
    'override.withdrawn': 'withdrawn',
    'override.lapsed': 'lapsed',
    'override.expired': 'expired',
    'override.merged': 'same',
    'override.request_voided': 'voided',
    'override.approval_voided': 'approvals',
  },
  active: {
    'override.revoked': 'revoked',
    'override.withdrawn': 'withdrawn',
    'override.lapsed': 'lapsed',
    'override.expired': 'expired',
    'override.merged': 'same',
    'override.request_voided': 'voided',
    'override.approval_voided': 'approvals',
  },
};

/** Whether the state machine takes an event of that kind in that state. */
export function accepts(state: OverrideState, kind: EventKind): boolean {
  return nextOf(state, kind) !== undefined;
}

/** The override after the event. An event that its state does not take leaves it as it is, so that replaying twice does no harm. */
export function applyEvent(override: Override, event: OverrideEvent): Override {
  if (!accepts(override.state, event.kind)) return override;
  const approvals = approvalsAfter(override, event);
  const state = stateAfter(override, event.kind, approvals);
  const open = state === 'requested' || state === 'active';
  return {
    ...override,
    approvals,
    state,
    merged: override.merged || event.kind === 'override.merged',
    ...voidedAfter(override, event),
    ...(open ? {} : { ended: endedBy(event) }),
  };
}

/** The overrides that a sequence of events amounts to, in the order in which they were asked for. */
export function foldOverrides(events: Iterable<OverrideEvent>): Override[] {
  const overrides = new Map<string, Override>();
  for (const event of events) {
    const known = overrides.get(event.handle);
    if (known !== undefined) overrides.set(event.handle, applyEvent(known, event));
    else if (event.kind === 'override.requested') overrides.set(event.handle, requested(event));
  }
  return [...overrides.values()];
}

function nextOf(state: OverrideState, kind: EventKind): Next | undefined {
  return state === 'requested' || state === 'active' ? TRANSITIONS[state][kind] : undefined;
}

function approvalsAfter(override: Override, event: OverrideEvent): readonly Approval[] {
  if (event.kind === 'override.approved') {
    if (override.approvals.some((approval) => approval.by.id === event.by.id)) return override.approvals;
    return [...override.approvals, { by: event.by, at: event.at, comment: event.comment }];
  }
  if (event.kind !== 'override.approval_voided') return override.approvals;
  return override.approvals.filter((approval) => approval.by.id !== event.approver.id);
}

function voidedAfter({ approvals, voided = [] }: Override, event: OverrideEvent): Pick<Override, 'voided'> {
  if (event.kind !== 'override.approval_voided') return {};
  if (approvals.every(({ by }) => by.id !== event.approver.id)) return {};
  return { voided: [...voided, { by: event.approver, at: event.at, reason: event.reason }] };
}

function stateAfter(override: Override, kind: EventKind, approvals: readonly Approval[]): OverrideState {
  const next = nextOf(override.state, kind) ?? 'same';
  if (next === 'same') return override.state;
  if (next !== 'approvals') return next;
  return approvals.length >= override.approvalsNeeded ? 'active' : 'requested';
}

function endedBy(event: OverrideEvent): NonNullable<Override['ended']> {
  const by = 'by' in event ? { by: event.by } : {};
  if (event.kind === 'override.lapsed') return { at: event.at, reason: event.changed.join(', ') };
  return { at: event.at, reason: 'reason' in event ? event.reason : event.kind.slice('override.'.length), ...by };
}

function requested(event: Extract<OverrideEvent, { kind: 'override.requested' }>): Override {
  const { kind: _kind, at: _at, ...override } = event;
  return { ...override, merged: false, approvals: [], state: 'requested' };
}
