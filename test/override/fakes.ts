import type { Actor, ApproverGroup, Involvement } from '../../src/override/authority.ts';
import type { DialogueInput } from '../../src/override/decide.ts';
import type { Override } from '../../src/override/override.ts';
import { isCommandError, type ParsedCommand, parseCommands } from '../../src/override/parse-command.ts';
import type { Finding } from '../../src/review/verdict.ts';

export const NOW = Date.parse('2026-11-22T12:00:00Z');

export const PEOPLE = {
  author: 1,
  requester: 2,
  committer: 3,
  pusher: 4,
  approver: 5,
  approver2: 6,
  former: 7,
  outsider: 8,
  admin: 9,
  bot: 10,
} as const;
export type PersonName = keyof typeof PEOPLE;

/** Everybody but outsiders, bots and the former approver is in the approving team, so that only the exclusions keep them out. */
const IN_TEAM: readonly PersonName[] = ['author', 'requester', 'committer', 'pusher', 'approver', 'approver2', 'bot'];

export const APPROVERS: readonly ApproverGroup[] = [
  { applies: [], userIds: [], teams: ['acme/ai-review'], roles: ['admin'] },
];
export const INVOLVEMENT: Involvement = {
  authorId: PEOPLE.author,
  commitPeople: new Set([PEOPLE.author, PEOPLE.committer]),
  lastPushers: new Set([PEOPLE.pusher]),
  complete: true,
};

export function actor(name: PersonName, changes: Partial<Actor> = {}): Actor {
  return {
    id: PEOPLE[name],
    login: name,
    isBot: name === 'bot',
    canWrite: name !== 'outsider',
    roleName: name === 'admin' ? 'admin' : 'write',
    teams: new Set(IN_TEAM.includes(name) ? ['acme/ai-review'] : []),
    ...changes,
  };
}

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'print-1',
    handle: 'F1',
    kind: 'policy',
    rule: 'ms-aoai-2024-05/ID',
    level: 'block',
    age: 'new',
    useCase: { id: 'gate', title: 'Gate' },
    message: 'message',
    remedy: 'remedy',
    decisiveFacts: [],
    missingFacts: [],
    related: [],
    override: { grounds: ['false-positive', 'accepted-risk'], approvals: 2, maxDays: 90 },
    factsDigest: 'facts-1',
    place: { path: 'src/gate.py', range: { startLine: 3, endLine: 3, startColumn: 1, endColumn: 9 } },
    policy: {
      id: 'ms-aoai-2024-05',
      version: '2024-05-01',
      digest: 'digest-1',
      rule: 'ID',
      title: 'No identification of people',
      outcome: 'prohibited',
      status: 'in_force',
      source: {
        publisher: 'Microsoft',
        document: 'Code of conduct',
        version: 'May 2024',
        url: 'https://example.com/code',
      },
    } as NonNullable<Finding['policy']>,
    ...changes,
  };
}

export function input(changes: Partial<DialogueInput> = {}): DialogueInput {
  return {
    repositoryId: 77,
    pullRequest: { number: 5, headSha: 'a'.repeat(40), open: true },
    findings: [finding()],
    overrides: [],
    actor: actor('requester'),
    involvement: INVOLVEMENT,
    approvers: APPROVERS,
    comment: { id: 100, hash: 'hash' },
    now: NOW,
    nextNumber: 12,
    ...changes,
  };
}

export function command(text: string): ParsedCommand {
  const [parsed] = parseCommands(text);
  if (parsed === undefined || isCommandError(parsed)) throw new Error(`no command: ${text}`);
  return parsed;
}

export function override(changes: Partial<Override> = {}): Override {
  return {
    handle: 'O12',
    repositoryId: 77,
    pullRequest: 5,
    merged: false,
    findingHandle: 'F1',
    useCase: 'gate',
    binding: {
      rule: 'ms-aoai-2024-05/ID',
      fingerprint: 'print-1',
      factsDigest: 'facts-1',
      policyVersion: '2024-05-01',
      policyDigest: 'digest-1',
    },
    ground: 'accepted-risk',
    reason: 'a pilot',
    requestedBy: { id: PEOPLE.requester, login: 'requester' },
    requestedAt: NOW - 1000,
    requestComment: { id: 90, hash: 'h90' },
    headSha: 'a'.repeat(40),
    until: '2026-12-22',
    approvalsNeeded: 2,
    approvals: [],
    state: 'requested',
    ...changes,
  };
}
