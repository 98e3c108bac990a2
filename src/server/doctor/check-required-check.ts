import { CHECK_NAME } from '../../github/check-run-identity.ts';
import type { Octokit } from '../../github/octokit.ts';
import { count } from '../../report/phrases.ts';
import { type Check, type CheckResult, type DoctorContext, ok, problem, warning } from './check.ts';

/** Each repository costs two requests; an installation may have ten thousand. */
const MOST_REPOSITORIES = 30;
const PER_PAGE = 100;

type Repository = {
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
};

/** A check that a branch requires; `appId` is the only App that may report it, `undefined` for anybody. */
interface RequiredCheck {
  readonly context: string;
  readonly appId?: number;
}

/**
 * Whether branches require our check, and from this App alone: anybody who may write statuses can otherwise report a check
 * of that name. https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
export const checkRequiredCheck: Check = {
  name: 'Required check',
  async run(context) {
    const results: CheckResult[] = [];
    const missing = new Set(context.repositories);
    const { data } = await context.app.request('GET /app/installations', { per_page: 100 });
    for (const { id } of data.filter(({ suspended_at }) => !suspended_at)) {
      const octokit = await context.installation(id);
      const repositories = await chosenRepositories(octokit, context);
      for (const each of repositories.slice(0, MOST_REPOSITORIES)) {
        missing.delete(`${each.owner}/${each.repo}`);
        results.push(await lookAt(octokit, each, context.settings.appId));
      }
      results.push(...notLookedAt(repositories.slice(MOST_REPOSITORIES)));
    }
    const unknown = [...missing].map((name) =>
      problem(`${name} is in no installation of this App`, 'Correct its name, or install the App there'),
    );
    return results.length + unknown.length > 0 ? [...results, ...unknown] : [ok('No repository to look at')];
  },
};

/** One that cannot be read does not keep the others from being looked at. */
async function lookAt(octokit: Octokit, repository: Repository, appId: number): Promise<CheckResult> {
  const name = `${repository.owner}/${repository.repo}`;
  try {
    return judge(repository, await requiredChecks(octokit, repository), appId);
  } catch (error) {
    const status: unknown = typeof error === 'object' && error ? Reflect.get(error, 'status') : undefined;
    if (status === 404) return ok(`${name} has no branch ${repository.branch} yet`);
    const message = error instanceof Error ? error.message : String(error);
    return warning(`${name}: what it requires could not be read: ${message}`, 'Try again, or look at its rulesets');
  }
}

function notLookedAt(repositories: readonly Repository[]): readonly CheckResult[] {
  const [first] = repositories;
  if (!first) return [];
  const what = `${first.owner}: ${count(repositories.length, 'more repository', 'more repositories')} not looked at`;
  return [warning(what, 'Name those that matter: sightline doctor --repository owner/name')];
}

async function chosenRepositories(octokit: Octokit, { repositories }: DoctorContext): Promise<readonly Repository[]> {
  const chosen: Repository[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await octokit.request('GET /installation/repositories', { per_page: PER_PAGE, page });
    for (const { archived, full_name, owner, name, default_branch } of data.repositories) {
      if (archived || (repositories.length > 0 && !repositories.includes(full_name))) continue;
      chosen.push({ owner: owner.login, repo: name, branch: default_branch });
    }
    if (data.repositories.length < PER_PAGE) return chosen;
  }
}

async function requiredChecks(octokit: Octokit, at: Repository): Promise<readonly RequiredCheck[]> {
  const rules = await octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', at);
  const byRulesets = rules.data.flatMap((rule) =>
    rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const branch = await octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', at);
  const byProtection = branch.data.protection?.required_status_checks?.checks ?? [];
  return [
    ...byRulesets.map(({ context, integration_id }) => required(context, integration_id)),
    ...byProtection.map(({ context, app_id }) => required(context, app_id ?? undefined)),
  ];
}

/** GitHub writes "any source" as absent or as -1. */
function required(context: string, appId: number | undefined): RequiredCheck {
  return appId === undefined || appId < 0 ? { context } : { context, appId };
}

function judge({ owner, repo, branch }: Repository, checks: readonly RequiredCheck[], appId: number): CheckResult {
  const name = `${owner}/${repo}, ${branch}`;
  const ours = checks.filter(({ context }) => context === CHECK_NAME);
  if (ours.length === 0) {
    return warning(
      `${name}: the check is not required, so that nothing blocks a merge`,
      `Require "${CHECK_NAME}" in a ruleset, with this App as its source`,
    );
  }
  if (ours.some((check) => check.appId === appId)) return ok(`${name}: the check is required from this App`);
  if (ours.some((check) => check.appId !== undefined)) {
    return problem(
      `${name}: the check is required from another App`,
      'Choose this App as its source in the ruleset or branch protection',
    );
  }
  return problem(
    `${name}: anybody who may write statuses can report the check`,
    'Choose this App as its source in the ruleset or branch protection',
  );
}
