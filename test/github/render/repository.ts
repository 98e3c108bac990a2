import type { Repository } from '../state.ts';
import { fullName, getAccount, getRepository, isOrganisation, type World } from '../world.ts';
import { renderAccount } from './account.ts';
import { api, page, time } from './common.ts';

const TEMPLATES = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** A repository as it stands inside other resources (`repository`). */
export function renderRepository(world: World, repository: Repository) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}`);
  const urls = Object.fromEntries(Object.entries(TEMPLATES).map(([key, path]) => [key, url + path]));
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  const forks = repository.forkCount;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: name,
    private: repository.private,
    owner: renderAccount(world, repository.ownerId),
    html_url: page(world, `/${name}`),
    description: repository.description,
    fork: repository.parentId !== undefined,
    url,
    ...(urls as Record<keyof typeof TEMPLATES, string>),
    created_at: time(repository.createdAt),
    updated_at: time(repository.pushedAt),
    pushed_at: time(repository.pushedAt),
    git_url: `git://${new URL(world.url).host}/${name}.git`,
    ssh_url: `git@${new URL(world.url).host}:${name}.git`,
    clone_url: page(world, `/${name}.git`),
    svn_url: page(world, `/${name}`),
    homepage: null,
    mirror_url: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** A repository's own page of the API (`full-repository`). */
export function renderWholeRepository(world: World, repository: Repository) {
  const owner = getAccount(world, repository.ownerId);
  const parent = repository.parentId === undefined ? undefined : getRepository(world, repository.parentId);
  return {
    ...renderRepository(world, repository),
    subscribers_count: 0,
    network_count: 0,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    ...(isOrganisation(owner) && { organization: renderAccount(world, owner.id) }),
    ...(parent && { parent: renderRepository(world, parent), source: renderRepository(world, parent) }),
  };
}

/** A repository as installation webhooks list it. */
export function renderRepositoryName(world: World, repository: Repository) {
  const { id, nodeId, name } = repository;
  return { id, node_id: nodeId, name, full_name: fullName(world, repository), private: repository.private };
}
