import { expect } from 'vitest';
import { createTeam, createUser } from '../github/actions/accounts.ts';
import { createIssueComment } from '../github/actions/comments.ts';
import type { PullRequestIssue } from '../github/actions/pull-requests.ts';
import { openChange } from '../github/scene.ts';
import type { Account, IssueComment } from '../github/state.ts';
import { startTestApp, type TestApp } from './test-app.ts';

export const DAY_MS = 86_400_000;
export const REQUEST = '/sightline override F1 for 10d because accepted-risk: a pilot';

/** A pull request with one finding, `F1`, and somebody of the team that may approve. */
export interface DialogueTest {
  readonly app: TestApp;
  readonly pull: PullRequestIssue;
  readonly approver: Account;
  /** Comments, and waits until everything that follows is done. */
  say(by: Account, body: string, on?: PullRequestIssue): Promise<IssueComment>;
  /** What the last check run of the head says. */
  conclusion(of?: PullRequestIssue): string | null | undefined;
  /** The text of the one comment of the dialogue. */
  comment(of?: PullRequestIssue): string;
  /** Kinds of the ledger's entries about overrides, in their order. */
  kinds(): Promise<readonly string[]>;
  /** Ends the app; fails where GitHub's description was violated or the ledger is not whole. */
  end(): Promise<void>;
}

export async function startDialogue(given?: TestApp): Promise<DialogueTest> {
  const app = given ?? (await startTestApp({ files: { 'README.md': '# Widgets\n' } }));
  const { scene } = app;
  const { github, repository } = scene;
  const approver = member(app, 'approver');
  createTeam(github.world, scene.organisation, 'compliance').members.set(approver.id, {
    role: 'member',
    state: 'active',
  });
  const pull = openChange(scene, { 'src/b.py': 'FACE:new()\n' });
  await app.drain();
  return {
    app,
    pull,
    approver,
    async say(by, body, on = pull) {
      const comment = createIssueComment(github.world, repository, on, { accountId: by.id }, body);
      await app.drain();
      return comment;
    },
    conclusion: (of = pull) => app.runsOn(of.pullRequest.headSha).at(-1)?.conclusion,
    comment(of = pull) {
      const own = [...repository.issueComments.values()].filter(
        ({ authorId, issueNumber }) => authorId === scene.app.botId && issueNumber === of.number,
      );
      expect(own.length).toBeLessThanOrEqual(1);
      return own[0]?.body ?? '';
    },
    async kinds() {
      const entries = await app.store.ledger.read({});
      return entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('override.'));
    },
    async end() {
      expect(github.violations).toEqual([]);
      expect((await app.store.verifyLedger()).intact).toBe(true);
      await app.close();
    },
  };
}

/** A member of the organisation who may write to the repository. */
export function member({ scene: { github, organisation, repository } }: TestApp, login: string): Account {
  const account = createUser(github.world, login);
  organisation.members.set(account.id, { role: 'member', state: 'active' });
  repository.collaborators.set(account.id, { permission: 'write', roleName: 'write' });
  return account;
}
