import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { withEnvFile } from '../../src/server/read-env-file.ts';
import { readSettings } from '../../src/server/settings.ts';
import { eventually } from '../server/fakes.ts';
import { KEY } from '../server/key.ts';

const APP = {
  id: 4711,
  name: 'Sightline of acme',
  slug: 'sightline-of-acme',
  html_url: 'https://github.example.com/apps/sightline-of-acme',
  pem: KEY,
  webhook_secret: 'made by GitHub # with "odd" characters',
  client_secret: 'not needed',
};

/** GitHub as the exchange of the code sees it; `good` is the only code. */
async function startGitHub(): Promise<string> {
  const server = createServer((request, response) => {
    const isGood = request.method === 'POST' && request.url === '/api/v3/app-manifests/good/conversions';
    response.writeHead(isGood ? 201 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isGood ? APP : { message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function begin(...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-setup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const env = { GHE_HOST: await startGitHub(), GHE_PROTOCOL: 'http' };
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd: folder, env, now: () => new Date() };
  const exit = runCommandLine(COMMAND_AREAS, context, ['setup', ...args]);
  return { folder, written, env, exit };
}

/** Opens the page that the command printed. */
async function openPage(written: {
  readonly stdout: string;
}): Promise<{ readonly url: string; readonly page: string }> {
  await eventually(() => written.stdout.includes('Open http'));
  const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(written.stdout)?.[0] ?? '';
  return { url, page: await (await fetch(url)).text() };
}

function formOf(page: string): { readonly action: URL; readonly manifest: Record<string, unknown> } {
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  const value = (/name="manifest" value="([^"]+)"/.exec(page)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");
  return { action: new URL(action), manifest: JSON.parse(value) as Record<string, unknown> };
}

it('registers an App from app.yml, and writes settings with which the server starts', async () => {
  const { folder, written, env, exit } = await begin(
    '--url',
    'https://sightline.example.com/',
    '--organization',
    'acme',
  );
  const { url, page } = await openPage(written);
  const { action, manifest } = formOf(page);
  expect(`${action.origin}${action.pathname}`).toBe(`http://${env.GHE_HOST}/organizations/acme/settings/apps/new`);
  expect(manifest).toMatchObject({
    hook_attributes: { url: 'https://sightline.example.com/api/github/webhooks' },
    redirect_url: `${url}registered`,
    public: false,
    default_permissions: { checks: 'write', contents: 'read' },
    default_events: expect.arrayContaining(['pull_request', 'merge_group']),
  });
  const back = `${url}registered?code=good&state=${action.searchParams.get('state')}`;
  expect((await fetch(`${url}registered?code=good&state=guessed`)).status).toBe(400);
  expect((await fetch(back)).status).toBe(200);
  expect(await exit).toBe(0);
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toMatch(/^PRIVATE_KEY=[A-Za-z\d+/=]+$/m);
  expect(written.stdout).not.toContain('PRIVATE KEY');
  const settings = readSettings(withEnvFile({}, folder), () => expect.fail('a key file is read'));
  expect(settings.privateKey).toBe(KEY.trim());
  expect(settings).toMatchObject({ appId: 4711, webhookSecrets: [APP.webhook_secret] });
  expect(settings.apiUrl).toBe(`http://${env.GHE_HOST}/api/v3`);
});

it('says so when GitHub does not take the code', async () => {
  const { written, exit } = await begin('--url', 'https://sightline.example.com');
  const { url, page } = await openPage(written);
  const state = formOf(page).action.searchParams.get('state');
  expect((await fetch(`${url}registered?code=stale&state=${state}`)).status).toBe(500);
  expect(await exit).toBe(2);
  expect(written.stderr).toContain('GitHub answered 404');
});

it('prints instead of writing, if told to', async () => {
  const { folder, written, exit } = await begin('--url', 'https://sightline.example.com', '--print');
  const { url, page } = await openPage(written);
  await fetch(`${url}registered?code=good&state=${formOf(page).action.searchParams.get('state')}`);
  expect(await exit).toBe(0);
  expect(written.stdout).toContain(`PRIVATE_KEY=${Buffer.from(KEY.trim()).toString('base64')}\n`);
  expect(() => statSync(join(folder, '.env'))).toThrow();
});

it('does not touch the settings of an App that is there', async () => {
  const { folder, exit: first } = await begin();
  expect(await first).toBe(2);
  writeFileSync(join(folder, '.env'), 'APP_ID=1\n');
  const context = {
    stdout: { write: () => {} },
    stderr: { write: () => {} },
    cwd: folder,
    env: {},
    now: () => new Date(),
  };
  expect(await runCommandLine(COMMAND_AREAS, context, ['setup', '--url', 'https://a.example'])).toBe(2);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('APP_ID=1\n');
});

it.each([
  [[], 'must know where to send its webhooks'],
  [['--url', 'sightline.example.com'], 'no address of a server'],
  [['--url', 'https://sightline.example.com/path'], 'no address of a server'],
  [['--url', 'ftp://sightline.example.com'], 'no address of a server'],
  [['--url', 'https://a.example', '--organization', 'a/../b'], 'no name of an organisation'],
  [['--url', 'https://a.example', '--port', 'x'], 'no port'],
])('refuses %j', async (args, reason) => {
  const { exit, written } = await begin(...args);
  expect(await exit).toBe(2);
  expect(written.stderr).toContain(reason);
});
