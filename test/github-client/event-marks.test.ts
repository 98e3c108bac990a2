import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../src/github/event-marks.ts';
import { EVENT_TABLE } from '../../src/github/event-table.ts';
import { bodyHash } from '../../src/github/payload.ts';

const examples: WebhookDefinition[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
const APP_ID = 11;
const installation = { id: 7 };
const repository = { id: 42, name: 'cams', default_branch: 'main' };
const user = { id: 5, type: 'User' };
const bot = { id: 6, type: 'Bot' };
const sha = 'a'.repeat(40);
const about = (rest: object) => ({ installation, repository, sender: user, ...rest });
const onPull = { number: 3, pull_request: { url: '…' } };
const comment = { id: 9, user, body: '/sightline status' };
const push = (rest: object) => about({ ref: 'refs/heads/main', commits: [{ modified: ['src/a.py'] }], ...rest });

const pull = (number: number) => ({ kind: 'pull_request', number });

const IDENTITY = `v1:42:3:${sha}:main:x`;

const MARKING: readonly [string, string, object, readonly object[]][] = [
  ['an opened pull request', 'pull_request', { action: 'opened', pull_request: { number: 3 } }, [pull(3)]],
  [
    'a retargeted pull request',
    'pull_request',
    { action: 'edited', pull_request: { number: 3 }, changes: { base: {} } },
    [pull(3)],
  ],
  ['a new title', 'pull_request', { action: 'edited', pull_request: { number: 3 }, changes: { title: {} } }, []],
  ['a command', 'issue_comment', { action: 'created', issue: onPull, comment }, [pull(3)]],
  ['a remark', 'issue_comment', { action: 'created', issue: onPull, comment: { ...comment, body: 'nice' } }, []],
  [
    'an edited remark',
    'issue_comment',
    { action: 'edited', issue: onPull, comment: { ...comment, body: '' } },
    [pull(3)],
  ],
  ['a command on a plain issue', 'issue_comment', { action: 'created', issue: { number: 3 }, comment }, []],
  ["a bot's command", 'issue_comment', { action: 'created', issue: onPull, comment: { ...comment, user: bot } }, []],
  [
    'a reply in a thread',
    'pull_request_review_comment',
    { action: 'created', pull_request: { number: 3 }, comment },
    [pull(3)],
  ],
  [
    'a re-run of our check',
    'check_run',
    { action: 'rerequested', check_run: { external_id: `v1:42:3:${sha}:main:x`, head_sha: sha } },
    [pull(3)],
  ],
  [
    'a re-run on a merge group',
    'check_run',
    { action: 'rerequested', check_run: { external_id: `v1:42:merge_group:${sha}:${sha}:x`, head_sha: sha } },
    [{ kind: 'merge_group', headSha: sha, baseSha: sha, headRef: '' }],
  ],
  [
    "a re-run that names another repository's pull request",
    'check_run',
    { action: 'rerequested', check_run: { external_id: `v1:43:3:${sha}:main:x`, head_sha: sha } },
    [{ kind: 'head', sha }],
  ],
  [
    'a check of our name that is not ours',
    'check_run',
    { action: 'created', check_run: { name: 'Sightline', external_id: '', head_sha: sha, app: { id: 12 } } },
    [{ kind: 'head', sha }],
  ],
  ...[
    { who: 'a check that copies our name and identity', id: 12, scopes: [{ kind: 'head', sha }] },
    { who: 'our own check', id: APP_ID, scopes: [] },
  ].map(({ who, id, scopes }): (typeof MARKING)[number] => [
    who,
    'check_run',
    { action: 'created', check_run: { name: 'Sightline', external_id: IDENTITY, head_sha: sha, app: { id } } },
    scopes,
  ]),
  [
    'a re-run of all',
    'check_suite',
    { action: 'rerequested', check_suite: { head_sha: sha } },
    [{ kind: 'head', sha }],
  ],
  [
    'a merge group',
    'merge_group',
    { action: 'checks_requested', merge_group: { head_sha: sha, base_sha: 'b', head_ref: 'refs/heads/q' } },
    [{ kind: 'merge_group', headSha: sha, baseSha: 'b', headRef: 'refs/heads/q' }],
  ],
  ['a new installation', 'installation', { action: 'created' }, [{ kind: 'installation' }]],
  [
    'more repositories',
    'installation_repositories',
    { action: 'added', repositories_added: [{ id: 1 }, { id: 2 }] },
    [{ kind: 'repository' }, { kind: 'repository' }],
  ],
  ['a rename', 'repository', { action: 'renamed' }, [{ kind: 'repository' }]],
  ['a protection rule', 'branch_protection_rule', { action: 'created' }, [{ kind: 'repository' }]],
];

const PUSHES: readonly [string, object, readonly object[]][] = [
  ['touches code only', push({}), []],
  ['touches YAML', push({ commits: [{ added: ['.github/sightline.yml'] }] }), [{ kind: 'branch', ref: 'main' }]],
  ['was forced', push({ forced: true }), [{ kind: 'branch', ref: 'main' }]],
  ['lists no commits', push({ commits: [] }), [{ kind: 'branch', ref: 'main' }]],
  ['is a tag', push({ ref: 'refs/tags/v1', forced: true }), []],
  ['deletes the branch', push({ deleted: true, forced: true }), []],
  [
    "touches the organisation's configuration",
    push({ repository: { ...repository, name: '.github' }, commits: [{ removed: ['sightline.YAML'] }] }),
    [{ kind: 'branch', ref: 'main' }, { kind: 'installation' }],
  ],
];

describe('marksOf', () => {
  it.each(MARKING)('%s', (_, name, payload, scopes) => {
    const result = marksOf(name, about(payload), APP_ID);
    expect(result.marks.map((mark) => mark.scope)).toEqual(scopes);
    expect(result.outcome).toBe(scopes.length > 0 ? 'marked' : 'nothing');
  });

  it.each(PUSHES)('a push that %s', (_, payload, scopes) => {
    expect(marksOf('push', payload, APP_ID).marks.map((mark) => mark.scope)).toEqual(scopes);
  });

  it('asks for a fresh evaluation where a person asked for a re-run', () => {
    const payload = about({ action: 'rerequested', check_suite: { head_sha: sha } });
    expect(marksOf('check_suite', payload, APP_ID).marks[0]).toMatchObject({
      fresh: true,
      installationId: 7,
      repositoryId: 42,
    });
  });

  it('leaves a hint for a comment, with the hash of its text', () => {
    const payload = about({ action: 'deleted', issue: onPull, comment });
    expect(marksOf('issue_comment', payload, APP_ID).hints).toEqual([
      {
        kind: 'issue_comment',
        repositoryId: 42,
        number: 3,
        commentId: 9,
        action: 'deleted',
        actorId: 5,
        bodyHash: bodyHash('/sightline status'),
      },
    ]);
  });

  it('leaves a hint for a pressed button', () => {
    const check_run = { external_id: `v1:42:3:${sha}:main:x`, head_sha: sha };
    const payload = about({ action: 'requested_action', check_run, requested_action: { identifier: 'explain' } });
    expect(marksOf('check_run', payload, APP_ID).hints).toEqual([
      { kind: 'requested_action', repositoryId: 42, number: 3, identifier: 'explain', actorId: 5 },
    ]);
  });

  it("leaves a hint when somebody edits a bot's comment, none when the bot does", () => {
    const edited = { action: 'edited', issue: onPull, comment: { ...comment, user: bot } };
    expect(marksOf('issue_comment', about(edited), APP_ID).hints).toMatchObject([{ commentId: 9, action: 'edited' }]);
    const byItself = { ...about(edited), sender: bot };
    expect(marksOf('issue_comment', byItself, APP_ID)).toEqual({ outcome: 'nothing', marks: [], hints: [] });
    const byAnother = { ...about({ ...edited, comment }), sender: bot };
    expect(marksOf('issue_comment', byAnother, APP_ID).hints).toMatchObject([{ commentId: 9, action: 'edited' }]);
  });

  it.each([
    ['star', { action: 'created' }],
    ['pull_request', { action: 'invented_tomorrow' }],
    ['pull_request', {}],
    ['constructor', {}],
  ])('does not know %s %o', (name, payload) => {
    expect(marksOf(name, about(payload), APP_ID)).toEqual({ outcome: 'unknown', marks: [], hints: [] });
  });

  it('marks nothing without an installation', () => {
    expect(marksOf('repository', { action: 'renamed', repository }, APP_ID).outcome).toBe('nothing');
  });

  const payloads = examples.flatMap(({ name, examples }) =>
    examples.map((payload) => ({ name: String(name), payload })),
  );

  it('takes every official example', () => {
    expect(payloads).toHaveLength(329);
    const outcomes = new Map<string, number>();
    for (const { name, payload } of payloads) {
      const { outcome, marks } = marksOf(name, payload, APP_ID);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      for (const mark of marks) expect(Number.isSafeInteger(mark.repositoryId)).toBe(true);
    }
    expect(outcomes.get('marked')).toBeGreaterThan(15);
  });

  it('knows an official example of every event of its table', () => {
    const known = new Set(
      payloads
        .filter(({ name, payload }) => marksOf(name, payload, APP_ID).outcome !== 'unknown')
        .map(({ name }) => name),
    );
    expect(known).toEqual(new Set(EVENT_TABLE.map(({ event }) => event)));
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_TABLE), fc.anything(), fc.jsonValue(), (rule, payload, part) => {
        marksOf(rule.event, payload, APP_ID);
        const action = rule.actions[0] ?? '';
        marksOf(
          rule.event,
          about({ action, check_run: part, comment: part, commits: part, merge_group: part }),
          APP_ID,
        );
      }),
      { numRuns: 300 },
    );
  });
});
