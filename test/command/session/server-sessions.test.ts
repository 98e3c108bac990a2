import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { readAppFile } from '../../../src/server/app-manifest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { addRuleset } from '../../github/actions/repositories.ts';
import { startScene } from '../../github/scene.ts';
import { KEY } from '../../server/key.ts';
import { SECRET, testServer } from '../../server/test-server.ts';
import { normalise } from './normalise.ts';
import { type Stage, setStage } from './stage.ts';
import { hasTerminal, inPipe, inTerminal } from './terminal.ts';

let stage: Stage;
beforeAll(() => {
  stage = setStage(inject('compiledSource'));
});
afterAll(() => stage.remove());

/** The real clock: GitHub takes no token of another day. */
const REAL = { CLOCK_SHIFT_MS: '0' };

/** GitHub as the exchange of the code sees it. */
async function gitHubThatRegisters(): Promise<string> {
  const app = {
    id: 4711,
    name: 'Sightline of acme',
    slug: 'x',
    html_url: 'https://github.example.com/apps/x',
    pem: KEY,
  };
  const server = createServer((_, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...app, webhook_secret: 'a secret', client_secret: 'not needed' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the browser does: opens the page, and comes back from GitHub with a code. */
async function comeBack(shown: string): Promise<void> {
  const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(shown)?.[0] ?? '';
  const page = await (await fetch(url)).text();
  const state = /[?&](?:amp;)?state=([\w-]+)/.exec(page)?.[1];
  await fetch(`${url}registered?code=good&state=${state}`);
}

describe.each([
  { where: 'pipe', run: inPipe, ending: 'txt', isHere: true },
  { where: 'pseudo-terminal', run: inTerminal, ending: 'terminal.txt', isHere: hasTerminal() },
])('in a $where', { timeout: 60_000 }, ({ run, ending, isHere }) => {
  it.skipIf(!isHere)('setup', async () => {
    const folder = stage.place('server');
    const line = 'sightline setup --url https://sightline.example.com --organization acme';
    const env = { ...stage.env, GHE_HOST: await gitHubThatRegisters(), GHE_PROTOCOL: 'http' };
    const answers = [{ after: 'gives up.)', act: (_: string, shown: string) => void comeBack(shown) }];
    const { stdout, stderr, exit } = await run({ line, folder, env, answers });
    const text = normalise(`$ ${line}\n${stdout}${stderr}[exit ${exit}]\n`, { [folder]: '~/app' });
    await expect(text).toMatchFileSnapshot(`recorded/setup.${ending}`);
  });

  it.skipIf(!isHere)('doctor', async () => {
    const { default_permissions: permissions, default_events: events } = readAppFile();
    const scene = await startScene({ app: { permissions, events, secret: SECRET } });
    onTestFinished(() => scene.github.close());
    const folder = stage.place('server');
    const server = await testServer(await openStore(`${folder}/sightline.db`));
    scene.app.hook.url = `${server.url}/api/github/webhooks`;
    const checks = { name: 'checks', enforcement: 'active', branches: ['~ALL'] } as const;
    addRuleset(scene.github.world, scene.repository, { ...checks, requiredChecks: [{ context: 'Sightline' }] });
    const settings = { APP_ID: String(scene.app.id), PRIVATE_KEY: scene.privateKey, WEBHOOK_SECRET: SECRET };
    const env = { ...stage.env, ...REAL, ...settings, GHE_HOST: scene.github.host, GHE_PROTOCOL: 'http' };
    const { stdout, stderr, exit } = await run({ line: 'sightline doctor', folder, env });
    const text = normalise(`$ sightline doctor\n${stdout}${stderr}[exit ${exit}]\n`, { [folder]: '~/app' });
    // A version of Node reaches its end of life one day.
    const ageless = text.replace(/^ {2}[✓!] Node .*\n(?: {4}.*\n)*/m, '  ✓ Node VERSION\n');
    await expect(ageless.replace(/\d+ warnings?/, 'N warnings')).toMatchFileSnapshot(`recorded/doctor.${ending}`);
  });
});
