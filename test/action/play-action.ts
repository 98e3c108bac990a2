import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { createOrganisation, createUser } from '../github/actions/accounts.ts';
import { createApp, createToken } from '../github/actions/apps.ts';
import { readFixture } from '../github/load/fixture.ts';
import { openFixture, prepareFixture } from '../github/load/stage-fixture.ts';
import { startLocalGitHub } from '../github/local-github.ts';
import type { Violation } from '../github/request-log.ts';
import type { Permissions, SarifUpload } from '../github/state.ts';
import { checkOut } from './check-out.ts';

const ROOT = join(import.meta.dirname, '../..');
const NOW = Date.UTC(2026, 10, 22);

/** What a run of the Action leaves behind. */
export interface ActionRecord {
  readonly exit: number | null;
  /** Its log, in which GitHub finds the annotations. */
  readonly log: string;
  readonly summary: string;
  readonly sarif: unknown;
  readonly requests: readonly string[];
  readonly violations: readonly Violation[];
  /** What code scanning was sent. */
  readonly uploads: readonly SarifUpload[];
}

/** Where a run differs from the usual one. */
interface ActionSetting {
  /** Without the history. */
  readonly shallow?: boolean;
  /** Of the job, beside those that the documentation names for every use. */
  readonly permissions?: Permissions;
  /** Whether code scanning is on for the repository. */
  readonly codeScanning?: boolean;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

/**
 * Runs the last step of `action.yml` as GitHub's runner would, on a fixture's pull request on a local GitHub: its command line, its
 * environment, a token of the workflow with the permissions that the documentation names, and a checkout with the whole history (or not). The
 * steps before it install and build; `dist`, a compiled source, takes their place.
 */
export async function playAction(
  name: string,
  dist: string,
  inputs: Readonly<Record<string, string>> = {},
  { shallow = false, permissions = {}, codeScanning = true }: ActionSetting = {},
): Promise<ActionRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-action-'));
  const github = await startLocalGitHub();
  try {
    const owner = createOrganisation(github.world, 'github', createUser(github.world, 'octocat'));
    const granted = { contents: 'read', pull_requests: 'read', ...permissions } as const;
    const { app } = createApp(github.world, { slug: 'github-actions', owner, permissions: granted, events: [] });
    const fixture = readFixture(join(ROOT, 'fixtures/pull-requests', name));
    const setting = prepareFixture(github.world, app, fixture);
    const { issue, repository } = openFixture(github.world, fixture, setting);
    repository.codeScanning.isEnabled = codeScanning;
    const workspace = join(folder, 'workspace');
    checkOut(repository, issue.pullRequest.headSha, workspace, shallow);
    const installation = [...github.world.installations.values()].find(({ appId }) => appId === app.id);
    if (installation === undefined) throw new Error('the workflow has no installation');
    const { token } = createToken(github.world, installation, {});
    writeFileSync(
      join(folder, 'event.json'),
      JSON.stringify({ action: 'opened', number: issue.number, pull_request: { number: issue.number } }),
    );
    writeFileSync(join(folder, 'summary.md'), '');
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_REPOSITORY: `${fixture.name}/${repository.name}`,
      GITHUB_API_URL: `${github.url}/api/v3`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      GITHUB_SHA: issue.pullRequest.headSha,
      GITHUB_REF: `refs/pull/${issue.number}/merge`,
      NODE_OPTIONS: `--import ${join(ROOT, 'test/end-to-end/shifted-clock.mjs')}`,
      CLOCK_SHIFT_MS: String(NOW - Date.now()),
    };
    const values = { token, path: workspace, ...inputs };
    const { exit, log } = await runStep(dist, values, env);
    const sarifFile = inputs.sarif === undefined ? undefined : join(workspace, inputs.sarif);
    return {
      exit,
      log,
      summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
      sarif: sarifFile === undefined ? undefined : JSON.parse(readFileSync(sarifFile, 'utf8')),
      requests: github.requests.map(({ method, path }) => `${method} ${path}`),
      violations: github.violations,
      uploads: [...repository.codeScanning.uploads.values()],
    };
  } finally {
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last step, with the expressions that it uses written out. */
async function runStep(
  dist: string,
  values: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exit: number | null; readonly log: string }> {
  const { inputs, runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as ActionFile;
  const evaluate = (text: string) =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => {
      if (expression === 'github.action_path') return dirname(dist);
      const input = expression.replace(/^inputs\./, '');
      if (inputs[input] === undefined) throw new Error(`action.yml uses ${expression}, which is no input`);
      return values[input] ?? inputs[input].default ?? '';
    });
  const step = runs.steps.at(-1);
  if (step === undefined) throw new Error('action.yml has no steps');
  const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, evaluate(value)]);
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', evaluate(step.run)], {
    env: { ...env, ...Object.fromEntries(own) },
    cwd: values.path,
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { exit, log };
}
