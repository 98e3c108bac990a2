import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playFixture } from '../end-to-end/play-fixture.ts';
import { registerApp } from '../end-to-end/register-app.ts';
import { type RunningApp, startApp } from '../end-to-end/start-app.ts';
import { waitUntilIdle } from '../end-to-end/wait-until-idle.ts';
import { type Fixture, readFixtures } from '../github/load/fixture.ts';
import { readGitFixture } from '../github/load/git-fixture.ts';
import { type LocalGitHub, startLocalGitHub } from '../github/local-github.ts';
import { createPages } from '../github/pages/pages.ts';
import type { App } from '../github/state.ts';
import { renderText } from '../github/view/render-text.ts';
import { COLOURED, PLAIN } from '../github/view/style.ts';
import { createProgress, type Progress } from './progress.ts';

/** Where the project's root is, seen from the compiled demo. */
const ROOT = new URL('../../../', import.meta.url);

/** Reading a large repository for the first time takes its time. */
const IDLE_MS = 300_000;

const HELP = `npm run demo -- [--all] [--serve] [--port N] [name …]
npm run demo -- --git FOLDER [--base main] [--head HEAD] [--serve]

Starts a local GitHub and Sightline, opens pull requests of fixtures/pull-requests/ one after the other and prints what their
authors see: a selection, --all of them, or those named. --git opens one from two commits of a git repository on this machine
instead. --serve leaves both servers up afterwards, with pages to look at and to comment on; --port says where the local GitHub
listens.`;

interface Demo {
  readonly github: LocalGitHub;
  readonly running: RunningApp;
  readonly app: App;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean' },
      git: { type: 'string' },
      base: { type: 'string', default: 'main' },
      head: { type: 'string', default: 'HEAD' },
      serve: { type: 'boolean' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void console.log(HELP);
  const all = readFixtures(fileURLToPath(new URL('fixtures/pull-requests', ROOT)));
  const { git, base, head } = values;
  const fixtures = git !== undefined ? [readGitFixture(git, base, head)] : values.all ? all : choose(all, positionals);
  const progress = createProgress(process.stderr);
  progress.say('starting a local GitHub and Sightline');
  const demo = await start(Number(values.port ?? 0));
  try {
    await playAll(demo, fixtures, progress);
    if (fixtures.length < all.length)
      console.log(`npm run demo -- --all plays all ${all.length}, -- --serve shows them in a browser.`);
    if (values.serve) await serve(demo, progress);
  } finally {
    progress.end();
    await demo.running.stop();
    await demo.github.close();
  }
}

function choose(fixtures: readonly Fixture[], names: readonly string[]): readonly Fixture[] {
  const unknown = names.filter((name) => !fixtures.some((fixture) => fixture.name === name));
  if (unknown.length > 0)
    throw new Error(`no fixture ${unknown.join(', ')}; there are ${fixtures.map((one) => one.name).join(', ')}`);
  if (names.length > 0) return fixtures.filter((fixture) => names.includes(fixture.name));
  return fixtures.filter(({ demo }) => demo !== undefined).sort((a, b) => (a.demo ?? 0) - (b.demo ?? 0));
}

async function start(port: number): Promise<Demo> {
  const github = await startLocalGitHub({ port, pages: createPages });
  const { app, privateKey } = registerApp(github, fileURLToPath(new URL('app.yml', ROOT)));
  const entry = fileURLToPath(new URL('dist/server/main.js', ROOT));
  const running = await startApp({ github, app, privateKey, entry });
  return { github, running, app };
}

async function playAll(
  { github, running, app }: Demo,
  fixtures: readonly Fixture[],
  progress: Progress,
): Promise<void> {
  const style = process.stdout.isTTY ? COLOURED : PLAIN;
  const settle = () => waitUntilIdle(github, running, IDLE_MS);
  const started = Date.now();
  for (const [index, fixture] of fixtures.entries()) {
    progress.say(`${index + 1} of ${fixtures.length}: ${fixture.name}`);
    for await (const { view, requests } of playFixture(github, app, fixture, settle)) {
      progress.end();
      console.log(`${'─'.repeat(100)}\n${renderText(view, style)}${style.faint(`${requests} API requests`)}\n`);
    }
  }
  progress.end();
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${fixtures.length} pull requests in ${seconds} s, ${github.requests.length} API requests, ${github.deliveries.log.length} webhooks.`,
  );
  if (github.violations.length === 0) return;
  console.error(`Not as GitHub's API is described: ${JSON.stringify(github.violations, null, 2)}`);
  process.exitCode = 1;
}

async function serve({ github, running }: Demo, progress: Progress): Promise<void> {
  progress.end();
  console.log(`\nLook at the pull requests on ${github.url}\nSightline is at ${running.url}\nCtrl-C ends both.`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
