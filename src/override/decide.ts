import { isStopping } from '../review/is-stopping.ts';
import type { Finding } from '../review/verdict.ts';
import { isAboutToEnd } from './about-to-end.ts';
import {
  type Actor,
  type ApproverGroup,
  approversOf,
  type Involvement,
  type Refusal,
  refuseApproval,
  refuseEnding,
  refuseRequest,
  refuseWithdrawal,
} from './authority.ts';
import { bindingOf, changedParts } from './binding.ts';
import { type CommentReference, endOf, isOpen, type Override, type OverrideState } from './override.ts';
import type { ParsedCommand } from './parse-command.ts';
import { lastDay } from './term.ts';
import { accepts, applyEvent, type OverrideEvent } from './transitions.ts';

/** Everything a decision rests on, as asked of GitHub and read from the ledger a moment before. */
export interface DialogueInput {
  readonly repositoryId: number;
  readonly pullRequest: { readonly number: number; readonly headSha: string; readonly open: boolean };
  /** The pull request's present findings with their handles. */
  readonly findings: readonly Finding[];
  /** The repository's overrides. */
  readonly overrides: readonly Override[];
  readonly actor: Actor;
  readonly involvement: Involvement;
  readonly approvers: readonly ApproverGroup[];
  readonly comment: CommentReference;
  readonly now: number;
  /** The number of the next override's handle. */
  readonly nextNumber: number;
}

/** What is said back; `report/` makes sentences of it. */
export type Answer =
  | {
      readonly code: 'requested';
      readonly override: Override;
      readonly approvers: readonly ApproverGroup[];
      /** What it was asked for; absent where the answer is given again. */
      readonly finding?: Finding;
    }
  | { readonly code: 'approved'; readonly override: Override }
  | { readonly code: 'denied' | 'revoked' | 'withdrawn'; readonly override: Override }
  | { readonly code: 'status' | 'recheck' | 'help' }
  | { readonly code: 'explain'; readonly finding: Finding }
  | {
      readonly code: 'unknown_finding' | 'unknown_override';
      readonly target: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'does_not_block' | 'not_overridable'; readonly finding: Finding }
  | { readonly code: 'ground_not_admitted'; readonly finding: Finding; readonly admitted: readonly string[] }
  | { readonly code: 'term_past' | 'term_too_long'; readonly latest: string; readonly maxDays: number }
  | { readonly code: 'already_requested'; readonly override: Override }
  | { readonly code: 'not_open'; readonly handle: string; readonly state: OverrideState | 'expired' }
  | { readonly code: 'changed_since'; readonly handle: string }
  | { readonly code: 'pull_request_closed' }
  | {
      readonly code: 'refused';
      readonly refusal: Refusal;
      readonly command: string;
      readonly approvers: readonly ApproverGroup[];
    };

/** `events` go to the ledger; an answer without events changed nothing. */
export interface Decision {
  readonly events: readonly OverrideEvent[];
  readonly answer: Answer;
}

/** Decides one command. Pure: who the actor is, what he may, and what the pull request holds is all in the input. */
export function decide(command: ParsedCommand, input: DialogueInput): Decision {
  switch (command.name) {
    case 'status':
    case 'recheck':
    case 'help':
      return refuseBot(input, command) ?? said({ code: command.name });
    case 'explain':
      return refuseBot(input, command) ?? withFinding(command, input, (finding) => said({ code: 'explain', finding }));
    case 'override':
      return withFinding(command, input, (finding) => request(command, input, finding));
    default:
      return withOverride(command, input, (override) => end(command, input, override));
  }
}

function request(command: ParsedCommand, input: DialogueInput, finding: Finding): Decision {
  const refusal = refuseRequest(input.actor, input.involvement);
  const approvers = approversOf(finding.rule, input.approvers);
  if (refusal !== undefined) return said({ code: 'refused', refusal, command: command.name, approvers });
  if (!input.pullRequest.open) return said({ code: 'pull_request_closed' });
  if (finding.age === 'existing' || !isStopping(finding)) return said({ code: 'does_not_block', finding });
  const { grounds, maxDays } = finding.override;
  if (grounds.length === 0) return said({ code: 'not_overridable', finding });
  if (command.ground === undefined || !grounds.includes(command.ground)) {
    return said({ code: 'ground_not_admitted', finding, admitted: grounds });
  }
  const term = lastDay(command.term, input.now, maxDays);
  if ('refused' in term) return said({ code: term.refused, latest: term.latest, maxDays });
  const twin = openTwin(input, finding);
  if (twin !== undefined) return said({ code: 'already_requested', override: twin });
  const event = requestEvent(command, input, finding, term.until);
  const { kind: _kind, at: _at, ...fields } = event;
  return {
    events: [event],
    answer: {
      code: 'requested',
      override: { ...fields, merged: false, approvals: [], state: 'requested' },
      approvers,
      finding,
    },
  };
}

function requestEvent(command: ParsedCommand, input: DialogueInput, finding: Finding, until: string) {
  return {
    kind: 'override.requested',
    at: input.now,
    handle: `O${input.nextNumber}`,
    repositoryId: input.repositoryId,
    pullRequest: input.pullRequest.number,
    findingHandle: finding.handle ?? '',
    ...(finding.useCase === undefined ? {} : { useCase: finding.useCase.id }),
    binding: bindingOf(finding),
    ground: command.ground ?? 'false-positive',
    reason: command.reason ?? '',
    requestedBy: { id: input.actor.id, login: input.actor.login },
    requestedAt: input.now,
    requestComment: input.comment,
    headSha: input.pullRequest.headSha,
    until,
    approvalsNeeded: Math.max(1, finding.override.approvals),
  } satisfies OverrideEvent;
}

/** One that holds does not stand in the way of its successor when it is about to end. */
function openTwin(input: DialogueInput, finding: Finding): Override | undefined {
  const binding = bindingOf(finding);
  return input.overrides.find(
    (override) =>
      isOpen(override) &&
      input.now < endOf(override) &&
      !isAboutToEnd(override, input.now) &&
      override.pullRequest === input.pullRequest.number &&
      changedParts(override.binding, binding).length === 0,
  );
}

const EVENT_OF = {
  approve: 'override.approved',
  deny: 'override.denied',
  revoke: 'override.revoked',
  withdraw: 'override.withdrawn',
} as const;

function end(command: ParsedCommand, input: DialogueInput, override: Override): Decision {
  const name = command.name as keyof typeof EVENT_OF;
  const refusal = refuse(name, input, override);
  if (refusal !== undefined)
    return said({
      code: 'refused',
      refusal,
      command: name,
      approvers: approversOf(override.binding.rule, input.approvers),
    });
  const { handle } = override;
  if (input.now >= endOf(override)) return said({ code: 'not_open', handle, state: 'expired' });
  const kind = EVENT_OF[name];
  if (!accepts(override.state, kind)) return said({ code: 'not_open', handle, state: override.state });
  if (name === 'approve' && !stillStands(override, input)) return said({ code: 'changed_since', handle });
  const decided = {
    handle,
    at: input.now,
    by: { id: input.actor.id, login: input.actor.login },
    comment: input.comment,
  };
  const event: OverrideEvent =
    kind === 'override.denied' || kind === 'override.revoked'
      ? { kind, ...decided, reason: command.reason ?? '' }
      : { kind, ...decided };
  const code = kind.slice('override.'.length) as 'approved' | 'denied' | 'revoked' | 'withdrawn';
  return { events: [event], answer: { code, override: applyEvent(override, event) } };
}

/** An approval must bless what is there now, not what was there when somebody asked. */
function stillStands(override: Override, input: DialogueInput): boolean {
  return input.findings.some((finding) => changedParts(override.binding, bindingOf(finding)).length === 0);
}

function refuse(name: keyof typeof EVENT_OF, input: DialogueInput, override: Override): Refusal | undefined {
  if (name === 'approve') return refuseApproval(input.actor, override, input.involvement, input.approvers);
  if (name === 'withdraw') return refuseWithdrawal(input.actor, override);
  return refuseEnding(input.actor, override, input.approvers);
}

function refuseBot(input: DialogueInput, command: ParsedCommand): Decision | undefined {
  return input.actor.isBot
    ? said({ code: 'refused', refusal: 'bot', command: command.name, approvers: [] })
    : undefined;
}

function withFinding(command: ParsedCommand, input: DialogueInput, then: (finding: Finding) => Decision): Decision {
  const finding = input.findings.find(({ handle }) => handle !== undefined && handle === command.target);
  if (finding !== undefined) return then(finding);
  const known = input.findings.flatMap(({ handle }) => (handle === undefined ? [] : [handle]));
  return said({ code: 'unknown_finding', target: command.target ?? '', known });
}

/** Decisions are taken on the pull request where the override was asked for; only revoking works from anywhere. */
function withOverride(command: ParsedCommand, input: DialogueInput, then: (override: Override) => Decision): Decision {
  const here = input.overrides.filter(
    (override) => override.pullRequest === input.pullRequest.number || command.name === 'revoke',
  );
  const override = here.find(({ handle }) => handle === command.target);
  if (override !== undefined) return then(override);
  return said({
    code: 'unknown_override',
    target: command.target ?? '',
    known: here.filter(isOpen).map(({ handle }) => handle),
  });
}

function said(answer: Answer): Decision {
  return { events: [], answer };
}
