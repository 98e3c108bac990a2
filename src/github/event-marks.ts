import { ORGANISATION_REPOSITORY } from '../configuration/configuration-path.ts';
import type { Hint, Mark } from '../store/ports.ts';
import { CHECK_NAME, parseIdentity } from './check-run-identity.ts';
import { EVENT_TABLE, type EventRule, type Marker } from './event-table.ts';
import { bodyHash, idAt, listAt, type Payload, textAt, valueAt } from './payload.ts';

/** What one delivery means for the queue. */
export interface EventMarks {
  /** `marked`: there is work; `nothing`: an event of the table that changes nothing for us; `unknown`: not in the table. */
  readonly outcome: 'marked' | 'nothing' | 'unknown';
  readonly marks: readonly Mark[];
  readonly hints: readonly Hint[];
}

type Target = Omit<Mark, 'installationId'>;

/** More commits than that are not listed in a push: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const MAX_LISTED_COMMITS = 2048;

const MARKERS: Readonly<Record<Marker, (payload: Payload, repositoryId: number, appId: number) => readonly Target[]>> =
  {
    pull_request: (payload, repositoryId) => pullRequest(repositoryId, idAt(payload, 'pull_request', 'number')),
    retargeted: (payload, repositoryId) =>
      valueAt(payload, 'changes', 'base') === undefined
        ? []
        : pullRequest(repositoryId, idAt(payload, 'pull_request', 'number')),
    comment: markComment,
    check_run: markCheckRun,
    // By the app alone: whoever takes our name can copy our identity as well.
    foreign_check_run: (payload, repositoryId, appId) =>
      textAt(payload, 'check_run', 'name') === CHECK_NAME && idAt(payload, 'check_run', 'app', 'id') !== appId
        ? markHead(payload, repositoryId, 'check_run')
        : [],
    check_suite: (payload, repositoryId) =>
      markHead(payload, repositoryId, 'check_suite').map((target) => ({ ...target, fresh: true })),
    merge_group: markMergeGroup,
    push: markPush,
    installation: () => [{ repositoryId: 0, scope: { kind: 'installation' } }],
    added_repositories: (payload) =>
      listAt(payload, 'repositories_added').flatMap((repository) => {
        const id = idAt(repository, 'id');
        return id === undefined ? [] : [{ repositoryId: id, ...nameOf(repository), scope: { kind: 'repository' } }];
      }),
    repository: (_, repositoryId) => (repositoryId ? [{ repositoryId, scope: { kind: 'repository' } }] : []),
  };

/**
 * Says what a webhook makes dirty. Payloads are only hints: a mark says where to look, what is there is asked of GitHub.
 * Never throws, whatever the payload is, `appId`: ours; without an installation there is nothing that the app could do, so nothing is marked.
 */
export function marksOf(name: string, payload: Payload, appId: number): EventMarks {
  const action = textAt(payload, 'action');
  const rule = EVENT_TABLE.find(
    ({ event, actions }) =>
      event === name && (actions.length === 0 || (action !== undefined && actions.includes(action))),
  );
  if (!rule) return { outcome: 'unknown', marks: [], hints: [] };
  const installationId = idAt(payload, 'installation', 'id');
  const repositoryId = idAt(payload, 'repository', 'id') ?? 0;
  if (installationId === undefined) return { outcome: 'nothing', marks: [], hints: [] };
  const marks = MARKERS[rule.marks](payload, repositoryId, appId).map((target) => ({
    installationId,
    ...(target.repositoryId === repositoryId ? nameOf(payload, 'repository') : {}),
    ...target,
  }));
  if (marks.length === 0) return { outcome: 'nothing', marks: [], hints: [] };
  return { outcome: 'marked', marks, hints: hintsOf(rule, payload, repositoryId) };
}

function nameOf(payload: Payload, ...path: readonly string[]): Pick<Mark, 'repositoryName'> {
  const repositoryName = textAt(payload, ...path, 'full_name');
  return repositoryName === undefined ? {} : { repositoryName };
}

function pullRequest(repositoryId: number, number: number | undefined): readonly Target[] {
  if (!repositoryId || number === undefined) return [];
  return [{ repositoryId, scope: { kind: 'pull_request', number } }];
}

/** The pull request of a comment; undefined for comments on plain issues. */
function commentedOn(payload: Payload): number | undefined {
  const viaIssue = valueAt(payload, 'issue', 'pull_request') ? idAt(payload, 'issue', 'number') : undefined;
  return idAt(payload, 'pull_request', 'number') ?? viaIssue;
}

function markComment(payload: Payload, repositoryId: number): readonly Target[] {
  if (textAt(payload, 'action') === 'created') {
    const byBot = isBot(payload, 'sender') || isBot(payload, 'comment', 'user');
    if (byBot || !mayHoldCommand(textAt(payload, 'comment', 'body'))) return [];
  }
  if (isOwnEdit(payload)) return [];
  return pullRequest(repositoryId, commentedOn(payload));
}

/** A bot that brings its own comment up to date, as we do: nobody's word has changed. */
function isOwnEdit(payload: Payload): boolean {
  return isBot(payload, 'comment', 'user') && idAt(payload, 'sender', 'id') === idAt(payload, 'comment', 'user', 'id');
}

function isBot(payload: Payload, ...path: readonly string[]): boolean {
  return textAt(payload, ...path, 'type') === 'Bot';
}

/** Cheap, and never wrong about a real command. */
function mayHoldCommand(body: string | undefined): boolean {
  return /\/sightline/i.test(body ?? '');
}

function identityOf(payload: Payload) {
  return parseIdentity(textAt(payload, 'check_run', 'external_id'));
}

function markCheckRun(payload: Payload, repositoryId: number): readonly Target[] {
  const fresh = textAt(payload, 'action') === 'rerequested' ? { fresh: true } : {};
  const identity = identityOf(payload);
  if (identity?.repositoryId !== repositoryId) {
    return markHead(payload, repositoryId, 'check_run').map((target) => ({ ...target, ...fresh }));
  }
  const { subject, headSha, base } = identity;
  const scope =
    subject === 'merge_group'
      ? ({ kind: 'merge_group', headSha, baseSha: base, headRef: '' } as const)
      : ({ kind: 'pull_request', number: subject } as const);
  return [{ repositoryId, scope, ...fresh }];
}

/** `pull_requests` is empty for forks and may name other repositories, so the commit is marked, not a pull request. */
function markHead(payload: Payload, repositoryId: number, of: 'check_run' | 'check_suite'): readonly Target[] {
  const sha = textAt(payload, of, 'head_sha');
  return repositoryId && sha ? [{ repositoryId, scope: { kind: 'head', sha } }] : [];
}

function markMergeGroup(payload: Payload, repositoryId: number): readonly Target[] {
  const headSha = textAt(payload, 'merge_group', 'head_sha');
  const baseSha = textAt(payload, 'merge_group', 'base_sha');
  const headRef = textAt(payload, 'merge_group', 'head_ref');
  if (!repositoryId || !headSha || !baseSha || !headRef) return [];
  return [{ repositoryId, scope: { kind: 'merge_group', headSha, baseSha, headRef } }];
}

function markPush(payload: Payload, repositoryId: number): readonly Target[] {
  const fullRef = textAt(payload, 'ref') ?? '';
  const isNewOrGone = valueAt(payload, 'created') === true || valueAt(payload, 'deleted') === true;
  if (!repositoryId || !fullRef.startsWith('refs/heads/') || isNewOrGone || !mayChangePolicy(payload)) return [];
  const ref = fullRef.slice('refs/heads/'.length);
  const branch: Target = { repositoryId, scope: { kind: 'branch', ref } };
  const isOrganisations =
    textAt(payload, 'repository', 'name') === ORGANISATION_REPOSITORY &&
    textAt(payload, 'repository', 'default_branch') === ref;
  return isOrganisations ? [branch, { repositoryId: 0, scope: { kind: 'installation' } }] : [branch];
}

/** Whether a push may have touched configuration or policies, all of which are YAML; sure only where every commit is listed. */
function mayChangePolicy(payload: Payload): boolean {
  const commits = listAt(payload, 'commits');
  if (valueAt(payload, 'forced') === true || commits.length === 0 || commits.length >= MAX_LISTED_COMMITS) return true;
  const paths = commits.flatMap((commit) =>
    ['added', 'modified', 'removed'].flatMap((list) => listAt(commit, list).map(String)),
  );
  return paths.some((path) => /\.ya?ml$/i.test(path));
}

function hintsOf(rule: EventRule, payload: Payload, repositoryId: number): readonly Hint[] {
  const actorId = idAt(payload, 'sender', 'id');
  if (!rule.hint || actorId === undefined) return [];
  if (rule.hint === 'requested_action') {
    const subject = identityOf(payload)?.subject;
    const identifier = textAt(payload, 'requested_action', 'identifier');
    if (typeof subject !== 'number' || !identifier || isBot(payload, 'sender')) return [];
    return [{ kind: rule.hint, repositoryId, number: subject, identifier, actorId }];
  }
  if (rule.hint === 'pushed') return pushedHint(payload, repositoryId, actorId);
  const number = commentedOn(payload);
  const commentId = idAt(payload, 'comment', 'id');
  const action = textAt(payload, 'action') as 'created' | 'edited' | 'deleted';
  if (number === undefined || commentId === undefined) return [];
  const hash = bodyHash(textAt(payload, 'comment', 'body') ?? '');
  return [{ kind: rule.hint, repositoryId, number, commentId, action, actorId, bodyHash: hash }];
}

function pushedHint(payload: Payload, repositoryId: number, actorId: number): readonly Hint[] {
  const number = idAt(payload, 'pull_request', 'number');
  const headSha = textAt(payload, 'pull_request', 'head', 'sha');
  return number === undefined || !headSha ? [] : [{ kind: 'pushed', repositoryId, number, headSha, actorId }];
}
