import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildLocalGitHub } from './build-local-github.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FILES = 50_000;
const CHANGED = 3_000;
const IDLE_MS = 200_000;
const TOKEN = 'apps/create-installation-access-token';

/** What evaluations cost GitHub and this machine: the real app, as a process of its own, against the local GitHub. */
export const evaluatePullRequests = {
  name: 'evaluate-pull-requests',
  says: `API requests of an evaluation; a repository of ${FILES} files and a pull request of ${CHANGED}`,
  async run() {
    buildLocalGitHub();
    const stage = await openStage();
    try {
      return [...(await countRequests(stage)), ...(await measureSize(stage))];
    } finally {
      await stage.close();
    }
  },
};

async function openStage() {
  const from = (path) => import(`../build/test/${path}`);
  const { startLocalGitHub } = await from('github/local-github.js');
  const { registerApp } = await from('end-to-end/register-app.js');
  const { startApp } = await from('end-to-end/start-app.js');
  const { waitUntilIdle } = await from('end-to-end/wait-until-idle.js');
  const { createOrganisation, createUser } = await from('github/actions/accounts.js');
  const { installApp } = await from('github/actions/apps.js');
  const repositories = await from('github/actions/repositories.js');
  const { openPullRequest } = await from('github/actions/pull-requests.js');
  const github = await startLocalGitHub();
  const { app, privateKey } = registerApp(github, `${ROOT}app.yml`);
  const running = await startApp({ github, app, privateKey, entry: `${ROOT}dist/server/main.js` });
  const { world } = github;
  const owner = createUser(world, 'owner');
  const organisation = createOrganisation(world, 'acme', owner);
  installApp(world, app, organisation, 'all', owner);
  return {
    github,
    running,
    create: (name, files) => repositories.createRepository(world, organisation, name, { files }),
    push: (repository, branch, files) => repositories.pushFiles(world, repository, branch, { author: owner, files }),
    open: (repository, head) => openPullRequest(world, repository, { author: owner, title: 'Change', head }),
    settle: () => waitUntilIdle(github, running, IDLE_MS),
    /** Waits until the app is at rest; returns what the finished run on a head took. `before`: requests made until then. */
    async judged(repository, sha, before) {
      const started = Date.now();
      await waitUntilIdle(github, running, IDLE_MS);
      const run = [...repository.checkRuns.values()].findLast(({ headSha }) => headSha === sha);
      if (run?.status !== 'completed') throw new Error(`no finished run:\n${running.readLog(20)}`);
      const made = github.requests.slice(before);
      const tokens = made.filter(({ operation }) => operation === TOKEN).length;
      return { requests: made.length, tokens, ms: Date.now() - started };
    },
    async close() {
      await running.stop();
      await github.close();
    },
  };
}

const CALL = (name) =>
  `import boto3\nrekognition = boto3.client("rekognition")\n\n\ndef ${name}(image):\n` +
  '    return rekognition.search_faces_by_image(CollectionId="guests", Image={"Bytes": image})\n';

async function countRequests(stage) {
  const repository = stage.create('small', { 'README.md': '# Small\n', 'src/a.py': 'print(1)\n' });
  await stage.settle();
  const push = async (files, branch) => {
    const before = stage.github.requests.length;
    const isNew = !repository.refs.has(`refs/heads/${branch}`);
    const sha = stage.push(repository, branch, files);
    if (isNew) stage.open(repository, branch);
    return stage.judged(repository, sha, before);
  };
  const first = await push({ 'src/a.py': 'print(2)\n' }, 'first');
  const second = await push({ 'src/a.py': 'print(3)\n' }, 'change');
  const nothing = await push({ 'src/a.py': 'print(4)\n', 'README.md': '# Still small\n' }, 'change');
  const prose = await push({ 'README.md': '# Small, but loved\n' }, 'change');
  const findings = await push({ 'src/b.py': CALL('b'), 'src/c.py': CALL('c'), 'src/d.py': CALL('d') }, 'change');
  const again = await evaluateAgain(stage, repository);
  const unit = 'API requests';
  return [
    { what: 'the first pull request of an installation', value: first.requests - first.tokens, unit, limit: 6 },
    { what: 'the same, tokens', value: first.tokens, unit },
    { what: 'opening another one of no interest', value: second.requests, unit, limit: 6 },
    { what: 'a push of code that touches nothing of interest', value: nothing.requests, unit, limit: 6 },
    { what: 'a push of prose', value: prose.requests, unit, limit: 6 },
    { what: 'a push with three new findings', value: findings.requests, unit, limit: 12 },
    { what: 'a second evaluation of the same head', value: again, unit, limit: 3 },
  ];
}

/** Everything of the repository is looked at anew; no head has moved. */
async function evaluateAgain({ github, settle }, repository) {
  const before = github.requests.length;
  const payload = { action: 'unarchived' };
  github.world.emit({ name: 'repository', action: 'unarchived', repository, senderId: repository.ownerId, payload });
  await settle();
  const made = github.requests.slice(before).filter(({ operation }) => operation !== 'pulls/list');
  // Both open pull requests are looked at.
  return made.length / 2;
}

async function measureSize(stage) {
  const files = new Map();
  for (let index = 0; index < FILES; index += 1) files.set(pathOf(index), sourceOf(index, 0));
  const repository = stage.create('large', files);
  const changed = {};
  for (let index = 0; index < CHANGED; index += 1) changed[pathOf(index * 7)] = sourceOf(index * 7, 1);
  const sha = stage.push(repository, 'change', changed);
  // Making so many files took its time; connections that ended meanwhile are noticed now.
  await stage.settle();
  const rest = peakMegabytes(stage.running);
  const { requests } = stage.github;
  let before = requests.length;
  stage.open(repository, 'change');
  const first = await stage.judged(repository, sha, before);
  before = requests.length;
  const second = await stage.judged(repository, stage.push(repository, 'change', { 'README.md': 'x\n' }), before);
  return [
    { what: `first sight of ${FILES} files, ${CHANGED} of them changed`, value: first.ms / 1000, unit: 's' },
    { what: 'the same', value: first.requests, unit: 'API requests' },
    { what: 'the next push to it', value: second.ms / 1000, unit: 's' },
    { what: 'the next push to it', value: second.requests, unit: 'API requests' },
    { what: 'memory at most, before', value: rest, unit: 'MB' },
    { what: 'memory at most', value: peakMegabytes(stage.running), unit: 'MB', limit: 400 },
  ];
}

function pathOf(index) {
  const kind = ['py', 'ts', 'md', 'json', 'txt'][index % 5];
  return `part-${index % 50}/module-${Math.floor(index / 50) % 50}/file-${index}.${kind}`;
}

function sourceOf(index, version) {
  const lines = Array.from({ length: 40 }, (_, line) => `value_${index}_${line} = compute(${line}, ${version})`);
  return `${lines.join('\n')}\n`;
}

function peakMegabytes({ process }) {
  const status = readFileSync(`/proc/${process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
