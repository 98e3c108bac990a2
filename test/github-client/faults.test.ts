import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushFiles } from '../github/actions/repositories.ts';
import { type Fault, secondaryLimit } from '../github/faults.ts';
import type { LoggedRequest } from '../github/request-log.ts';
import { openChange } from '../github/scene.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const answer = (status: number, when: 'before' | 'after' = 'before'): Fault => ({
  kind: 'answer',
  status,
  when,
  body: { message: 'Injected' },
});
const isWrite = ({ method, operation, body }: LoggedRequest) =>
  method !== 'GET' && (operation !== 'graphql' || JSON.stringify(body).includes('mutation'));
const isAny = () => true;

const FAULTS: readonly [string, Fault, (request: LoggedRequest) => boolean][] = [
  ['403', answer(403), isAny],
  ['409', answer(409), isAny],
  ['500', answer(500), isAny],
  ['a cut connection', { kind: 'cut' }, isAny],
  ['a secondary limit with retry-after', secondaryLimit(403, 30), isAny],
  ['a secondary limit without', secondaryLimit(429), isAny],
  ['422', answer(422), isWrite],
  ['502 although it was done', answer(502, 'after'), isWrite],
  ['a cut connection although it was done', { kind: 'cut', when: 'after' }, isWrite],
  ['404', answer(404), ({ operation }) => !['graphql', 'apps/create-installation-access-token'].includes(operation)],
];

let app: TestApp;
let changes = 0;

beforeAll(async () => {
  app = await startTestApp({ files: { 'README.md': '# Widgets\n', 'src/a.py': 'print(1)\n' } });
});

afterAll(() => app.close());

/** A pull request with two findings, the second push fixes one and brings another; what is then on GitHub, without ids. */
async function story() {
  const { github, repository, developer } = app.scene;
  changes += 1;
  const branch = `change-${changes}`;
  openChange(app.scene, { 'src/b.py': 'FACE:1\nFACE:2\n' }, { branch });
  await app.drain();
  const files = { 'src/b.py': 'FACE:1\n', 'src/c.py': 'x = 1\nFACE:3\n' };
  const headSha = pushFiles(github.world, repository, branch, { author: developer, files });
  await app.drain();
  const number = repository.nextNumber - 1;
  const newest = app.runsOn(headSha).at(-1);
  const comments = [...repository.reviewComments.values()].filter(({ issueNumber }) => issueNumber === number);
  const resolved = repository.issues.get(number)?.pullRequest?.resolvedThreads ?? new Set();
  return {
    run: { status: newest?.status, conclusion: newest?.conclusion, output: newest?.output },
    annotations: newest?.annotations.map(({ path, start_line }) => `${path}:${start_line}`),
    unfinished: [...repository.checkRuns.values()].filter(({ status }) => status !== 'completed').length,
    comments: comments.map(({ id, path, originalLine, subjectType, body }) => [
      path,
      originalLine,
      subjectType,
      body,
      resolved.has(id) ? 'resolved' : 'open',
    ]),
  };
}

/** Tells the story with a fault at its n-th request, and expects it to end as it does without. */
async function expectSameEnding(index: number, fault: Fault, expected: Awaited<ReturnType<typeof story>>) {
  app.requests();
  app.scene.github.faults.add({ skip: index, fault });
  expect(await story()).toEqual(expected);
  app.scene.github.faults.clear();
  const met = app.requests()[index];
  expect(met?.status).not.toBe(200);
  expect(app.scene.github.violations).toEqual([]);
}

async function usualStory() {
  const expected = await story();
  expect(expected.run.conclusion).toBe('failure');
  expect(expected.comments).toHaveLength(3);
  app.requests();
  expect(await story()).toEqual(expected);
  return { expected, requests: app.requests() };
}

describe('a fault at a request of a run', () => {
  it('leads to the same end, another fault at each request', async () => {
    const { expected, requests } = await usualStory();
    for (const [index, request] of requests.entries()) {
      const possible = FAULTS.filter(([, , isMet]) => isMet(request));
      const [, fault] = possible[(index * 7) % possible.length] ?? [];
      if (fault) await expectSameEnding(index, fault, expected);
    }
  }, 60_000);

  // Every fault at every request takes a minute or two: npm run faults.
  it.runIf(process.env.FAULTS === 'all').each(FAULTS)(
    'leads to the same end: %s',
    async (_, fault, isMet) => {
      const { expected, requests } = await usualStory();
      for (const [index, request] of requests.entries()) {
        if (isMet(request)) await expectSameEnding(index, fault, expected);
      }
    },
    300_000,
  );
});
