import { fileURLToPath } from 'node:url';
import { onEachSetUp } from './set-ups.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Each installation may write thirty times in a row, then once a second: enough of them, and none has to wait for GitHub's sake. */
const ORGANISATIONS = 40;
/** `BENCH_SIZE=0.2 npm run bench -- whole-path`: a look whether it works; what it measures then means little. */
const SIZE = Number(process.env.BENCH_SIZE ?? 1);
const BACKLOG = Math.ceil(160 * SIZE);
const STEADY = Math.ceil(40 * SIZE);
const STEADY_EVERY_MS = 500;
const IDLE_MS = 120_000;

const CODE = (number) =>
  `import boto3\n\n\ndef look_${number}(image):\n    return boto3.client("rekognition").detect_text(Image={"Bytes": image})\n`;

/** From webhook to finished check run: the real app, as processes of its own, against the local GitHub in this one. */
export const wholePath = {
  name: 'whole-path',
  says: `${BACKLOG} pull requests at once, then ${STEADY} one every ${STEADY_EVERY_MS} ms, until each has its finished check run`,
  run: () => onEachSetUp(measure),
};

async function measure({ location, processes }) {
  const stage = await openStage(location, processes);
  try {
    const warm = stage.open(ORGANISATIONS);
    await stage.finished([warm]);
    await stage.settle();
    const before = stage.github.requests.length;
    const began = Date.now();
    const backlog = Array.from({ length: BACKLOG }, (_, index) => stage.open(index));
    await stage.finished(backlog);
    const seconds = (Date.now() - began) / 1_000;
    await stage.settle();
    const requests = stage.github.requests.length - before;
    const steady = [];
    for (let index = 0; index < STEADY; index += 1) {
      steady.push(stage.open(index));
      await pause(STEADY_EVERY_MS);
    }
    await stage.finished(steady);
    const latencies = steady.map(({ openedAt, run }) => run().completedAt - openedAt).sort((a, b) => a - b);
    return [
      { what: 'a backlog', value: BACKLOG / seconds, unit: 'evaluations/s' },
      { what: 'requests of one, tokens included', value: requests / BACKLOG, unit: 'API requests' },
      { what: 'webhook to finished run, p50', value: latencies[Math.floor(STEADY * 0.5)], unit: 'ms' },
      { what: 'webhook to finished run, p99', value: latencies[Math.floor(STEADY * 0.99)], unit: 'ms' },
    ];
  } finally {
    await stage.close();
  }
}

async function openStage(location, processes) {
  const from = (path) => import(`../build/test/${path}`);
  const { startLocalGitHub } = await from('github/local-github.js');
  const { registerApp } = await from('end-to-end/register-app.js');
  const { startApp } = await from('end-to-end/start-app.js');
  const { waitUntilIdle } = await from('end-to-end/wait-until-idle.js');
  const github = await startLocalGitHub();
  const { app, privateKey } = registerApp(github, `${ROOT}app.yml`);
  const environment = location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location };
  const running = [];
  for (let count = 0; count < processes; count += 1) {
    running.push(await startApp({ github, app, privateKey, entry: `${ROOT}dist/server/main.js`, environment }));
  }
  const settle = () => waitUntilIdle(github, running[0], IDLE_MS);
  const repositories = await makeRepositories(github, app);
  await settle();
  let opened = 0;
  return {
    github,
    settle,
    /** Opens a pull request in a repository; its webhooks go to one process after the other. */
    open(index) {
      opened += 1;
      app.hook.url = `${running[opened % processes].url}/api/github/webhooks`;
      return repositories.open(index, opened);
    },
    async finished(pulls) {
      const end = Date.now() + IDLE_MS;
      while (pulls.some(({ run }) => run()?.status !== 'completed')) {
        if (Date.now() > end) throw new Error(`no finished run:\n${running[0].readLog(20)}`);
        await pause(10);
      }
    },
    async close() {
      for (const one of running) await one.stop();
      await github.close();
    },
  };
}

async function makeRepositories({ world }, app) {
  const from = (path) => import(`../build/test/github/actions/${path}`);
  const { createOrganisation, createUser } = await from('accounts.js');
  const { installApp } = await from('apps.js');
  const { createRepository, pushFiles } = await from('repositories.js');
  const { openPullRequest } = await from('pull-requests.js');
  const author = createUser(world, 'author');
  const all = Array.from({ length: ORGANISATIONS + 1 }, (_, index) => {
    const organisation = createOrganisation(world, `organisation-${index}`, author);
    const files = { 'README.md': '# A repository\n', 'src/main.py': `print(${index})\n` };
    const repository = createRepository(world, organisation, 'repository', { files });
    installApp(world, app, organisation, 'all', author);
    return repository;
  });
  return {
    open(index, number) {
      const repository = all[index === ORGANISATIONS ? index : index % ORGANISATIONS];
      const head = `change-${number}`;
      const openedAt = Date.now();
      const sha = pushFiles(world, repository, head, { author, files: { [`src/change_${number}.py`]: CODE(number) } });
      openPullRequest(world, repository, { author, title: head, head });
      const run = () => [...repository.checkRuns.values()].findLast(({ headSha }) => headSha === sha);
      return { openedAt, run };
    },
  };
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
