import type { ApproverRule } from '../../configuration/configuration.ts';
import type { Actor, ApproverGroup } from '../../override/authority.ts';
import { GitHubError, isGitHubError } from '../github-error.ts';
import { type Octokit, query } from '../octokit.ts';
import { PULL_REQUEST_COMMITS } from '../queries.ts';
import type { RepositoryAddress } from '../read-state.ts';
import { commitsAnswer, type HeadBranch } from './commit-shapes.ts';

/** An account as GitHub knows it now; `id` decides, logins change hands. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly isBot: boolean;
}

/** Who people are and what they may, asked of GitHub; every answer is kept for one evaluation. */
export interface People {
  /** Undefined where the account is gone. */
  accountById(id: number): Promise<Account | undefined>;
  /** @param groups whose teams are asked for */
  actor(account: Account, groups: readonly ApproverGroup[]): Promise<Actor>;
  /** Configured approvers, users by id; names that nobody has are left out. */
  approverGroups(rules: readonly ApproverRule[]): Promise<readonly ApproverGroup[]>;
  /** Who is named in a pull request's commits, and the branch that they are on. */
  atWork(number: number): Promise<AtWork>;
}

/** Everybody in the commits of a pull request. */
export interface AtWork {
  readonly commitPeople: ReadonlySet<number>;
  /** False where GitHub did not list every commit with everybody in it. */
  readonly complete: boolean;
  /** Undefined where the repository of the branch is gone. */
  readonly branch: HeadBranch | undefined;
}

/** GitHub lists no more commits of a pull request: https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const MAX_COMMITS = 250;

interface Asking {
  readonly octokit: Octokit;
  readonly address: RepositoryAddress;
  readonly now: () => number;
  /** What GitHub does not let us see counts as no right, instead of as a reason to try again. */
  readonly isLastTry: boolean;
}

/** Asks through a guarded client. */
export function peopleOf(asking: Asking): People {
  const { octokit } = asking;
  const account = kept((login: string) => findAccount(asking, login));
  const right = kept((login: string) => readRight(asking, login));
  const isCollaborator = kept((login: string) => readCollaborator(asking, login));
  const isMember = kept((key: string) => readMembership(asking, key));
  async function userIds(logins: readonly string[]): Promise<readonly number[]> {
    const found = await Promise.all(logins.map(account));
    return found.flatMap((one) => (one && !one.isBot ? [one.id] : []));
  }
  return {
    accountById: kept((id: number) => orNothing(asking, async () => named((await byId(octokit, id)).data))),
    async actor(of, groups) {
      const teams = [...new Set(groups.flatMap((group) => group.teams.map((team) => team.toLowerCase())))];
      const { permission, roleName } = await right(of.login);
      const memberOf = new Set<string>();
      let unseen = permission === UNSEEN;
      for (const team of teams) {
        const membership = await isMember(`${team}/${of.login}`);
        unseen ||= membership === UNSEEN;
        if (membership === 'active') memberOf.add(team);
      }
      const isNamed = groups.some(({ userIds }) => userIds.includes(of.id));
      const outsider = isNamed && !(await isCollaborator(of.login)) ? ({ outsider: true } as const) : {};
      const canWrite = permission === 'write' || permission === 'admin';
      return { ...of, canWrite, roleName, teams: memberOf, unseen, ...outsider };
    },
    approverGroups: (rules) =>
      Promise.all(
        rules.map(async ({ applies, users, teams, roles }) => ({
          applies,
          userIds: await userIds(users),
          teams: teams.map((team) => team.toLowerCase()),
          roles,
        })),
      ),
    atWork: kept((number: number) => readAtWork(asking, number)),
  };
}

function kept<K, V>(ask: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const answers = new Map<K, Promise<V>>();
  return (key) => {
    const known = answers.get(key) ?? ask(key);
    answers.set(key, known);
    return known;
  };
}

async function orNothing<T>(asking: Asking, ask: () => Promise<T>): Promise<T | undefined> {
  const answer = await orUnseen(asking, ask);
  return answer === UNSEEN ? undefined : answer;
}

/** What GitHub refuses to show, however often it is asked. */
const UNSEEN = 'unseen';

/** Undefined: there is none. */
async function orUnseen<T>({ isLastTry }: Asking, ask: () => Promise<T>): Promise<T | undefined | typeof UNSEEN> {
  try {
    return await ask();
  } catch (error) {
    if (isGitHubError(error, 'gone')) return undefined;
    if (isLastTry && isGitHubError(error, 'forbidden')) return UNSEEN;
    throw error;
  }
}

function byId(octokit: Octokit, id: number) {
  return octokit.rest.users.getById({ account_id: id });
}

function named({ id, login, type }: { id: number; login: string; type: string }): Account {
  return { id, login, isBot: type === 'Bot' };
}

function findAccount(asking: Asking, login: string): Promise<Account | undefined> {
  return orNothing(asking, async () =>
    named((await asking.octokit.rest.users.getByUsername({ username: login })).data),
  );
}

/** `role_name` tells roles apart that `permission` folds together: https://docs.github.com/en/rest/collaborators/collaborators */
async function readRight(asking: Asking, login: string): Promise<{ permission: string; roleName: string }> {
  const { owner, name } = asking.address;
  const answer = await orUnseen(asking, () =>
    asking.octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo: name, username: login }),
  );
  if (answer === UNSEEN) return { permission: UNSEEN, roleName: 'none' };
  return { permission: answer?.data.permission ?? 'none', roleName: answer?.data.role_name ?? 'none' };
}

/** Members who may read the repository count as collaborators: https://docs.github.com/en/rest/collaborators/collaborators */
async function readCollaborator(asking: Asking, username: string): Promise<boolean> {
  const { owner, name } = asking.address;
  const answer = await orNothing(asking, () =>
    asking.octokit.rest.repos.checkCollaborator({ owner, repo: name, username }),
  );
  return answer !== undefined;
}

/** Who is only invited (`pending`) is no member yet: https://docs.github.com/en/rest/teams/members */
async function readMembership(asking: Asking, key: string): Promise<string> {
  const [org = '', team_slug = '', username = ''] = key.split('/');
  const answer = await orUnseen(asking, () =>
    asking.octokit.rest.teams.getMembershipForUserInOrg({ org, team_slug, username }),
  );
  return answer === UNSEEN ? UNSEEN : (answer?.data.state ?? 'none');
}

/** Authors, co-authors and committers of every commit. E-mail addresses are what their writers claim, so they only ever exclude. */
async function readAtWork({ octokit, address, now }: Asking, number: number): Promise<AtWork> {
  const commitPeople = new Set<number>();
  let [seen, total, isWhole] = [0, 0, true];
  let branch: HeadBranch | undefined;
  let after: string | null = null;
  do {
    const answer = await query(octokit, PULL_REQUEST_COMMITS, { ...address, number, after }, now);
    const parsed = commitsAnswer.safeParse(answer.data);
    if (!parsed.success) throw new GitHubError('unavailable', 'GitHub did not list the commits of the pull request.');
    const { commits, headRefName, headRepository } = parsed.data.repository.pullRequest;
    for (const { people, whole } of commits.nodes) {
      for (const id of people) commitPeople.add(id);
      isWhole &&= whole;
    }
    branch = headRepository ? { repository: headRepository.nameWithOwner, name: headRefName } : undefined;
    seen += commits.nodes.length;
    total = commits.totalCount;
    after = commits.pageInfo.hasNextPage ? (commits.pageInfo.endCursor ?? null) : null;
  } while (after !== null && seen < MAX_COMMITS);
  return { commitPeople, complete: isWhole && seen >= total, branch };
}
