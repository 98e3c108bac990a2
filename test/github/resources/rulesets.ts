import { api, time } from '../render/common.ts';
import { notFound, ok } from '../reply.ts';
import { type Call, numberOf, paginate, type Route, reads, repositoryOf, textOf } from '../route.ts';
import type { Repository, Ruleset } from '../state.ts';
import { fullName } from '../world.ts';

function renderRule(ruleset: Ruleset) {
  const checks = ruleset.requiredChecks.map(({ context, appId }) => ({
    context,
    ...(appId !== undefined && { integration_id: appId }),
  }));
  return {
    type: 'required_status_checks',
    parameters: {
      strict_required_status_checks_policy: false,
      do_not_enforce_on_create: false,
      required_status_checks: checks,
    },
  };
}

function renderRuleset(call: Call, ruleset: Ruleset, whole: boolean) {
  const name = fullName(call.world, repositoryOf(call));
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: 'branch',
    source_type: 'Repository',
    source: name,
    enforcement: ruleset.enforcement,
    node_id: `RRS_${ruleset.id}`,
    _links: { self: { href: api(call.world, `/repos/${name}/rulesets/${ruleset.id}`) } },
    created_at: time(ruleset.createdAt),
    updated_at: time(ruleset.createdAt),
    ...(whole && {
      bypass_actors: [],
      conditions: { ref_name: { include: ruleset.branches, exclude: [] } },
      rules: ruleset.requiredChecks.length > 0 ? [renderRule(ruleset)] : [],
    }),
  };
}

function coversBranch(repository: Repository, ruleset: Ruleset, branch: string): boolean {
  return ruleset.branches.some((pattern) => {
    if (pattern === '~ALL' || pattern === `refs/heads/${branch}`) return true;
    return pattern === '~DEFAULT_BRANCH' && branch === repository.defaultBranch;
  });
}

/** Only rules that are active; what each ruleset demands of one branch. */
function listBranchRules(call: Call) {
  const repository = repositoryOf(call);
  const active = [...repository.rulesets.values()].filter(
    (ruleset) =>
      ruleset.enforcement === 'active' &&
      ruleset.requiredChecks.length > 0 &&
      coversBranch(repository, ruleset, textOf(call, 'branch')),
  );
  return paginate(call, active, (ruleset) => ({
    ...renderRule(ruleset),
    ruleset_source_type: 'Repository',
    ruleset_source: fullName(call.world, repository),
    ruleset_id: ruleset.id,
  }));
}

export const rulesets: readonly Route[] = [
  { operation: 'repos/get-branch-rules', needs: reads('metadata'), handle: listBranchRules },
  {
    operation: 'repos/get-repo-rulesets',
    needs: reads('metadata'),
    handle: (call) =>
      paginate(call, [...repositoryOf(call).rulesets.values()], (one) => renderRuleset(call, one, false)),
  },
  {
    operation: 'repos/get-repo-ruleset',
    needs: reads('metadata'),
    handle: (call) => {
      const ruleset = repositoryOf(call).rulesets.get(numberOf(call, 'ruleset_id'));
      if (ruleset === undefined) throw notFound();
      return ok(renderRuleset(call, ruleset, true));
    },
  },
];
