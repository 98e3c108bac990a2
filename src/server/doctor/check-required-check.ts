import { CHECK_NAME } from '../../github/check-run-identity.ts';
import type { Octokit } from '../../github/octokit.ts';
import { type Check, type CheckResult, type DoctorContext, ok, problem, warning } from './check.ts';

/** Each repository costs two requests; an installation may have ten thousand. */
const MOST_REPOSITORIES = 30;

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
    const { data } = await context.app.request('GET /app/installations', { per_page: 100 });
    for (const { id } of data.filter(({ suspended_at }) => !suspended_at)) {
      const octokit = await context.installation(id);
      for (const repository of await chosenRepositories(octokit, context)) {
        results.push(judge(repository, await requiredChecks(octokit, repository), context.settings.appId));
      }
    }
    return results.length > 0 ? results : [ok('No repository to look at')];
  },
};

async function chosenRepositories(octokit: Octokit, { repositories }: DoctorContext): Promise<readonly Repository[]> {
  const { data } = await octokit.request('GET /installation/repositories', { per_page: 100 });
  const all = data.repositories.filter(({ archived }) => !archived);
  const chosen = repositories.length > 0 ? all.filter(({ full_name }) => repositories.includes(full_name)) : all;
  return chosen
    .slice(0, MOST_REPOSITORIES)
    .map(({ owner, name, default_branch }) => ({ owner: owner.login, repo: name, branch: default_branch }));
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
