import { textAt } from '../../github/payload.ts';
import type { EventKind } from '../../override/transitions.ts';
import type { LedgerEntry } from '../../store/ports.ts';

const HAPPENED: Readonly<Record<EventKind, string>> = {
  'override.requested': 'was asked for',
  'override.approved': 'was approved',
  'override.denied': 'was denied',
  'override.revoked': 'was revoked',
  'override.withdrawn': 'was withdrawn',
  'override.lapsed': 'lapsed, as what it rests on has changed',
  'override.expired': 'has ended',
  'override.merged': 'was merged with its pull request',
  'override.request_voided': 'is void',
  'override.approval_voided': 'lost an approval',
};

/** The kinds of entries that are decisions on overrides. */
export const DECISIONS: readonly string[] = Object.keys(HAPPENED);

/** Chats give meaning to some characters; nothing else than these gets into the text. */
const HANDLE = /^O\d+$/;
const LOGIN = /^[\w-]+(?:\[bot\])?$/;
const OUTCOME = /^[a-z_]+$/;

/**
 * An entry in one line, for a chat or the subject of a mail: `Override O3 was approved by ada: https://…`. What people wrote is
 * not in it.
 */
export function feedText(entry: LedgerEntry, pullRequestUrl?: string): string {
  const { kind, repositoryId, pullRequest, data } = entry;
  const place = `repository ${repositoryId}${pullRequest === undefined ? '' : `, pull request ${pullRequest}`}`;
  return `${eventText(kind, data)}: ${pullRequestUrl ?? place}`;
}

function eventText(kind: string, data: unknown): string {
  if (!isDecision(kind)) {
    const outcome = part(textAt(data, 'outcome'), OUTCOME);
    return outcome === undefined ? kind : `The ${kind} is "${outcome.replaceAll('_', ' ')}"`;
  }
  const handle = part(textAt(data, 'handle'), HANDLE);
  const login = part(textAt(data, 'by', 'login') ?? textAt(data, 'requestedBy', 'login'), LOGIN);
  const subject = handle === undefined ? 'An override' : `Override ${handle}`;
  return `${subject} ${HAPPENED[kind]}${login === undefined ? '' : ` by ${login}`}`;
}

function isDecision(kind: string): kind is EventKind {
  return Object.hasOwn(HAPPENED, kind);
}

function part(text: string | undefined, shape: RegExp): string | undefined {
  return text !== undefined && shape.test(text) ? text : undefined;
}
