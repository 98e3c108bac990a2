import { canSee, roleOf } from '../actor.ts';
import { renderAccount } from '../render/account.ts';
import { renderCommit } from '../render/commit.ts';
import { api, page } from '../render/common.ts';
import { renderRepository, renderWholeRepository } from '../render/repository.ts';
import { NO_CONTENT, notFound, ok } from '../reply.ts';
import { type Call, paginate, type Route, reads, repositoryOf, textOf } from '../route.ts';
import { findAccount, findOrganisation, fullName, getAccount, isOrganisation } from '../world.ts';

const BRANCHES = 'refs/heads/';

/** The folded level that the API calls `permission`; `role_name` says more. */
const FOLDED = {
  none: 'none',
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
} as const;

function permissionsOf(permission: keyof typeof FOLDED) {
  const order = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(permission);
  return { pull: order >= 0, triage: order >= 1, push: order >= 2, maintain: order >= 3, admin: order >= 4 };
}

function getPermission(call: Call) {
  const repository = repositoryOf(call);
  const account = findAccount(call.world, textOf(call, 'username'));
  if (account === undefined || account.type === 'Organization') throw notFound();
  const { permission, roleName } = roleOf(call.world, repository, account.id);
  const user = {
    ...renderAccount(call.world, account.id),
    permissions: permissionsOf(permission),
    role_name: roleName,
  };
  return ok({ permission: FOLDED[permission], role_name: roleName, user });
}

function listCollaborators(call: Call) {
  const repository = repositoryOf(call);
  const owner = getAccount(call.world, repository.ownerId);
  const ids = new Set([
    ...repository.collaborators.keys(),
    ...(isOrganisation(owner) ? owner.members.keys() : [owner.id]),
  ]);
  return paginate(call, [...ids], (id) => {
    const { permission, roleName } = roleOf(call.world, repository, id);
    return { ...renderAccount(call.world, id), permissions: permissionsOf(permission), role_name: roleName };
  });
}

function branchUrl(call: Call, name: string): string {
  return api(call.world, `/repos/${fullName(call.world, repositoryOf(call))}/branches/${encodeURIComponent(name)}`);
}

function renderChecks(call: Call, name: string) {
  const protection = repositoryOf(call).protections.get(name);
  const checks = (protection?.requiredChecks ?? []).map((one) => ({ context: one.context, app_id: one.appId ?? null }));
  return { contexts: checks.map((check) => check.context), checks };
}

function getBranch(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const name = textOf(call, 'branch');
  const commit = repository.store.commits.get(repository.refs.get(BRANCHES + name) ?? '');
  if (commit === undefined) throw notFound();
  const isProtected = repository.protections.has(name);
  const level = isProtected ? 'non_admins' : 'off';
  return ok({
    name,
    commit: renderCommit(world, repository, commit),
    _links: { self: branchUrl(call, name), html: page(world, `/${fullName(world, repository)}/tree/${name}`) },
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: { enforcement_level: level, ...renderChecks(call, name) },
    },
    protection_url: `${branchUrl(call, name)}/protection`,
  });
}

function listBranches(call: Call) {
  const repository = repositoryOf(call);
  const branches = [...repository.refs].filter(([ref]) => ref.startsWith(BRANCHES));
  const wanted = branches.filter(([ref]) => {
    const isProtected = repository.protections.has(ref.slice(BRANCHES.length));
    return call.query.protected === undefined || isProtected === (call.query.protected === 'true');
  });
  return paginate(call, wanted, ([ref, sha]) => {
    const name = ref.slice(BRANCHES.length);
    const url = api(call.world, `/repos/${fullName(call.world, repository)}/commits/${sha}`);
    return { name, commit: { sha, url }, protected: repository.protections.has(name) };
  });
}

function getProtection(call: Call) {
  const name = textOf(call, 'branch');
  const protection = repositoryOf(call).protections.get(name);
  if (protection === undefined) throw notFound();
  const url = `${branchUrl(call, name)}/protection`;
  const checks = { url: `${url}/required_status_checks`, strict: protection.strict, ...renderChecks(call, name) };
  return ok({
    url,
    required_status_checks: { ...checks, contexts_url: `${url}/required_status_checks/contexts` },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: protection.requireConversationResolution },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  });
}

function listForOrganisation(call: Call) {
  const organisation = findOrganisation(call.world, textOf(call, 'org'));
  if (organisation === undefined) throw notFound();
  const repositories = [...call.world.repositories.values()].filter(
    (one) => one.ownerId === organisation.id && canSee(call.world, call.actor, one),
  );
  return paginate(call, repositories, (repository) => renderRepository(call.world, repository));
}

export const repositories: readonly Route[] = [
  {
    operation: 'repos/get',
    needs: reads('metadata'),
    handle: (call) => ok(renderWholeRepository(call.world, repositoryOf(call))),
  },
  { operation: 'repos/list-for-org', needs: reads('metadata'), handle: listForOrganisation },
  { operation: 'repos/get-collaborator-permission-level', needs: reads('metadata'), handle: getPermission },
  {
    operation: 'repos/check-collaborator',
    needs: reads('metadata'),
    handle: (call) => {
      const account = findAccount(call.world, textOf(call, 'username'));
      const repository = repositoryOf(call);
      const owner = getAccount(call.world, repository.ownerId);
      const isMember = account !== undefined && isOrganisation(owner) && owner.members.has(account.id);
      if (account === undefined || !(isMember || repository.collaborators.has(account.id) || owner.id === account.id))
        throw notFound();
      return NO_CONTENT;
    },
  },
  { operation: 'repos/list-collaborators', needs: reads('metadata'), handle: listCollaborators },
  { operation: 'repos/get-branch', needs: reads('contents'), handle: getBranch },
  { operation: 'repos/list-branches', needs: reads('contents'), handle: listBranches },
  { operation: 'repos/get-branch-protection', needs: reads('administration'), handle: getProtection },
];
