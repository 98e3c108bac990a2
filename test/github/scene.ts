import { generateKeyPairSync } from 'node:crypto';
import { Probot, ProbotOctokit } from 'probot';
import { createOrganisation, createUser } from './actions/accounts.ts';
import { createApp, installApp, type NewApp } from './actions/apps.ts';
import { openPullRequest, type PullRequestIssue } from './actions/pull-requests.ts';
import { createRepository, type NewFiles, pushFiles } from './actions/repositories.ts';
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub } from './local-github.ts';
import type { Account, App, Installation, Organisation, Repository } from './state.ts';

/** One key for all scenes: making one takes a third of a second. */
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();

/** A small world to start from: an organisation with a private repository, a developer, and an app installed there. */
export interface Scene {
  readonly github: LocalGitHub;
  readonly owner: Account;
  readonly developer: Account;
  readonly organisation: Organisation;
  readonly repository: Repository;
  readonly app: App;
  readonly privateKey: string;
  readonly installation: Installation;
  /** A client of the app's installation, without throttling and retries. */
  readonly octokit: ProbotOctokit;
  /** A client of the app itself (JWT). */
  readonly appOctokit: ProbotOctokit;
}

/** What Sightline asks for; tests that want less say so. */
export const PERMISSIONS = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  members: 'read',
  metadata: 'read',
  pull_requests: 'write',
  merge_queues: 'read',
  administration: 'read',
} as const;

export const EVENTS: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'issue_comment',
  'issues',
  'check_run',
  'check_suite',
  'merge_group',
  'push',
  'repository',
  'branch_protection_rule',
];

export async function startScene(
  options: LocalGitHubOptions & { readonly files?: NewFiles; readonly app?: Partial<NewApp> } = {},
): Promise<Scene> {
  const { files = { 'README.md': '# Repository\n' }, app: wish, ...githubOptions } = options;
  const github = await startLocalGitHub(githubOptions);
  const { world } = github;
  const [owner, developer] = [createUser(world, 'owner'), createUser(world, 'developer')];
  const organisation = createOrganisation(world, 'acme', owner);
  organisation.members.set(developer.id, { role: 'member', state: 'active' });
  const repository = createRepository(world, organisation, 'widgets', { files });
  repository.collaborators.set(developer.id, { permission: 'write', roleName: 'write' });
  const { app, privateKey } = createApp(world, {
    slug: 'sightline-test',
    owner: organisation,
    permissions: PERMISSIONS,
    events: EVENTS,
    secret: 'scene-secret',
    privateKey: KEY,
    ...wish,
  });
  const installation = installApp(world, app, organisation, 'all', owner);
  const { octokit, appOctokit } = await connect(github, app, privateKey, installation);
  return { github, owner, developer, organisation, repository, app, privateKey, installation, octokit, appOctokit };
}

async function connect(github: LocalGitHub, app: App, privateKey: string, installation: Installation) {
  const Octokit = ProbotOctokit.defaults((defaults: Readonly<Record<string, object>>) => ({
    ...defaults,
    retry: { enabled: false },
    throttle: { ...defaults.throttle, enabled: false },
  }));
  const baseUrl = `${github.url}/api/v3`;
  const probot = new Probot({ appId: app.id, privateKey, secret: 'scene-secret', baseUrl, Octokit, logLevel: 'fatal' });
  await probot.ready();
  return { octokit: await probot.auth(installation.id), appOctokit: await probot.auth() };
}

/** Pushes a branch with changes and opens a pull request from it. */
export function openChange(
  { github: { world }, repository, developer }: Pick<Scene, 'github' | 'repository' | 'developer'>,
  files: NewFiles,
  options: {
    readonly branch?: string;
    readonly remove?: readonly string[];
    readonly title?: string;
    readonly draft?: boolean;
  } = {},
): PullRequestIssue {
  const { branch = 'change', remove = [], title = 'Change', draft = false } = options;
  pushFiles(world, repository, branch, { author: developer, files, remove });
  return openPullRequest(world, repository, { author: developer, title, head: branch, draft });
}
