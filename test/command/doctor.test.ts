import { expect, it, onTestFinished } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { readAppFile } from '../../src/server/app-manifest.ts';
import { openStore } from '../../src/store/open-store.ts';
import { suspendInstallation, uninstallApp } from '../github/actions/apps.ts';
import { addRuleset, createRepository, protectBranch } from '../github/actions/repositories.ts';
import type { LoggedRequest } from '../github/request-log.ts';
import { openChange, type Scene, startScene } from '../github/scene.ts';
import { SECRET, testServer } from '../server/test-server.ts';
import { openedAt, sqlite } from '../store/engines.ts';
import { delivery, pullRequest } from '../store/samples.ts';

/** An App on the local GitHub as `setup` would have registered it, and its server. */
async function healthy() {
  const { default_permissions: permissions, default_events: events } = readAppFile();
  const scene = await startScene({ app: { permissions, events, secret: SECRET } });
  onTestFinished(() => scene.github.close());
  const location = await sqlite.fresh();
  const server = await testServer(await openStore(location));
  scene.app.hook.url = `${server.url}/api/github/webhooks`;
  require(scene, scene.app.id);
  return { scene, location, server };
}

/** Makes the check required on every branch; `appId`: the only App that may report it. */
function require({ repository, github }: Scene, appId?: number): void {
  repository.rulesets.clear();
  const requiredChecks = [{ context: 'Sightline', ...(appId === undefined ? {} : { appId }) }];
  addRuleset(github.world, repository, { name: 'checks', enforcement: 'active', branches: ['~ALL'], requiredChecks });
}

async function run(
  { scene, location }: { readonly scene: Scene; readonly location: string },
  env: Record<string, string> = {},
  skewMs = 0,
  options: readonly string[] = [],
) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: '/',
    env: {
      APP_ID: String(scene.app.id),
      PRIVATE_KEY: scene.privateKey,
      WEBHOOK_SECRET: SECRET,
      GHE_HOST: scene.github.host,
      GHE_PROTOCOL: 'http',
      SIGHTLINE_STORE: location,
      ...env,
    },
    now: () => new Date(Date.now() + skewMs),
  };
  const exit = await runCommandLine(COMMAND_AREAS, context, ['doctor', ...options]);
  return { exit, ...written };
}

it('finds nothing to complain about in a healthy App', async () => {
  const { exit, stdout } = await run(await healthy());
  expect(stdout.replaceAll(/^ {2}! Node .*\n.*\n/gm, '')).not.toMatch(/[✗!]/);
  expect(stdout).toContain('The server answers a signed ping and refuses an unsigned one');
  expect(stdout).toContain('acme/widgets, main: the check is required from this App');
  expect(exit).toBe(0);
});

it.each<readonly [string, (app: Awaited<ReturnType<typeof healthy>>) => unknown, RegExp]>([
  [
    'a permission that is missing',
    ({ scene }) => {
      scene.app.permissions = { ...scene.app.permissions, checks: 'read' };
    },
    /✗ It lacks permissions: checks: write\n {4}→ Add them/,
  ],
  [
    'an event that is missing',
    ({ scene }) => {
      scene.app.events = scene.app.events.filter((event) => event !== 'merge_group');
    },
    /✗ It is not told of: merge_group/,
  ],
  [
    'permissions that were not accepted',
    ({ scene }) => {
      scene.installation.permissions = { metadata: 'read' };
    },
    /✗ acme has not granted: [\s\S]*pull_requests:\s+write/,
  ],
  [
    'a webhook that goes elsewhere',
    ({ scene, server }) => {
      scene.app.hook.url = `${server.url}/`;
    },
    /✗ Webhooks go to .* but the server listens at \/api\/github\/webhooks/,
  ],
  [
    'a webhook without encryption',
    ({ scene }) => {
      scene.app.hook.url = 'http://sightline.invalid/api/github/webhooks';
    },
    /✗ Webhooks travel unencrypted/,
  ],
  [
    'a webhook sent as a form',
    ({ scene }) => {
      scene.app.hook.contentType = 'form';
    },
    /✗ Webhooks come as form/,
  ],
  ['a server that does not run', ({ server }) => server.stop(), /! The server could not be reached from here/],
  [
    'a check that anybody may report',
    ({ scene }) => require(scene),
    /✗ acme\/widgets, main: anybody who may write statuses can report the check\n {4}→ Choose this App/,
  ],
  [
    'a check of another App',
    ({ scene }) => require(scene, scene.app.id + 1),
    /✗ acme\/widgets, main: the check is required from another App/,
  ],
  [
    'a check that is not required',
    ({ scene }) => scene.repository.rulesets.clear(),
    /! acme\/widgets, main: the check is not required/,
  ],
  [
    'a check that branch protection lets anybody report',
    ({ scene }) => {
      scene.repository.rulesets.clear();
      protectBranch(scene.repository, 'main', { requiredChecks: [{ context: 'Sightline' }] });
    },
    /✗ acme\/widgets, main: anybody who may write statuses can report the check/,
  ],
  [
    'a webhook without an address',
    ({ scene }) => {
      scene.app.hook.url = '';
    },
    /✗ The App has no webhook address\n {4}→ Set it/,
  ],
  [
    'an account that has suspended the App',
    ({ scene }) => suspendInstallation(scene.github.world, scene.installation, true, scene.owner.id),
    /! acme has suspended the App\n {4}→ Its owners can lift that/,
  ],
  [
    'an App that is installed nowhere',
    ({ scene }) => uninstallApp(scene.github.world, scene.installation, scene.owner),
    /! The App is installed nowhere\n {4}→ Install it/,
  ],
  [
    'work that waits for long',
    async ({ location }) => {
      const { queue } = await openedAt(location);
      await queue.pauseInstallation(pullRequest(1).installationId, Date.now() + 60_000);
      await queue.accept(delivery('a', { receivedAt: Date.now() - 20 * 60_000 }));
    },
    /! The oldest work has been waiting for 20 min\n {4}→ Does the server run\?/,
  ],
  [
    'work that is dead',
    async ({ location }) => {
      const { queue } = await openedAt(location, { maxAttempts: 1 });
      await queue.accept(delivery('a'));
      const job = await queue.claim(2_000, 1_000);
      if (job) await queue.fail(job, 'no use', 3_000);
    },
    /✗ 1 piece of work failed on every attempt\n {4}→ See why: 'sightline queue dead'/,
  ],
])('notices %s', async (_, harm, found) => {
  const app = await healthy();
  await harm(app);
  const { stdout } = await run(app);
  expect(stdout).toMatch(found);
});

it('looks at the other repositories where one cannot be read, and says which it has not looked at', async () => {
  const app = await healthy();
  const { github, organisation } = app.scene;
  for (let index = 1; index <= 31; index += 1) {
    createRepository(github.world, organisation, `more-${index}`, { files: { 'README.md': `# ${index}\n` } });
  }
  createRepository(github.world, organisation, 'empty').refs.clear();
  const isOfFirst = ({ path }: LoggedRequest) => path.includes('/widgets/rules/');
  const fault = { kind: 'answer', status: 502, body: { message: 'Bad gateway' } } as const;
  github.faults.add({ match: isOfFirst, times: Number.POSITIVE_INFINITY, fault });
  const { stdout } = await run(app);
  expect(stdout).toMatch(/! acme\/widgets: what it requires could not be read/);
  expect(stdout).toMatch(/! acme\/more-1, main: the check is not required/);
  expect(stdout).toMatch(/! acme: 3 more repositories not looked at\n {4}→ Name those that matter/);
  const named = ['--repository', 'acme/more-31', '--repository', 'acme/empty', '--repository', 'acme/none'];
  const { stdout: chosen } = await run(app, {}, 0, named);
  expect(chosen).toMatch(/! acme\/more-31, main: the check is not required/);
  expect(chosen).toMatch(/✓ acme\/empty has no branch main yet/);
  expect(chosen).toMatch(/✗ acme\/none is in no installation of this App\n {4}→ Correct its name/);
  expect(chosen).not.toContain('more-1,');
});

it('notices deliveries that failed for their signature', async () => {
  const app = await healthy();
  app.scene.app.hook.secret = 'another secret';
  const { deliveries } = app.scene.github;
  openChange(app.scene, { 'a.txt': 'a' });
  await deliveries.settled();
  const { exit, stdout } = await run(app);
  expect(stdout).toMatch(/✗ (\d+) of the last \1 deliveries from GitHub failed, for their signature/);
  expect(exit).toBe(1);
});

it('notices another secret than that of the server, and never prints one', async () => {
  const { exit, stdout } = await run(await healthy(), { WEBHOOK_SECRET: 'a secret of somebody else' });
  expect(stdout).toContain('✗ The server does not know the secret that is set here');
  expect(stdout).not.toContain('somebody else');
  expect(exit).toBe(1);
});

it('notices a clock that is wrong', async () => {
  const { stdout } = await run(await healthy(), {}, 90_000);
  expect(stdout).toMatch(/✗ This machine's clock differs from GitHub's by (89|90|91) s/);
});

it('says that GitHub does not know the App, and looks at the rest', async () => {
  const { exit, stdout } = await run(await healthy(), { APP_ID: '999999' });
  expect(stdout).toMatch(/✗ GitHub does not know the App|✗ This could not be looked at/);
  expect(stdout).toContain('Store\n  ✓');
  expect(exit).toBe(1);
});

it('refuses to start without settings', async () => {
  const { exit, stderr } = await run(await healthy(), { APP_ID: '', WEBHOOK_SECRET: '' });
  expect(exit).toBe(2);
  expect(stderr).toMatch(/APP_ID is missing.*WEBHOOK_SECRET is missing/);
});
