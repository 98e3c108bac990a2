import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createUser } from '../github/actions/accounts.ts';
import { installApp } from '../github/actions/apps.ts';
import { openPullRequest } from '../github/actions/pull-requests.ts';
import { createRepository, pushFiles } from '../github/actions/repositories.ts';
import type { Account } from '../github/state.ts';
import { viewPullRequest } from '../github/view/pull-request-view.ts';
import { type AppStage, startStage } from './start-stage.ts';

let stage: AppStage;
let author: Account;

beforeAll(async () => {
  stage = await startStage();
  author = createUser(stage.github.world, 'mira');
}, 60_000);

afterAll(() => stage?.stop());

const FACE_SEARCH =
  'import boto3\n\nboto3.client("rekognition").search_faces_by_image(CollectionId="c", Image={"Bytes": b""})\n';

const modules = (count: number) =>
  new Map(
    Array.from({ length: count }, (_, index) => [`src/part${index % 40}/module${index}.py`, `VALUE = ${index}\n`]),
  );

async function play(name: string, base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>) {
  const { github, app, settle } = stage;
  const { world } = github;
  const organisation = createOrganisation(world, name, author);
  const repository = createRepository(world, organisation, 'app', { files: base });
  installApp(world, app, organisation, 'all', author);
  await settle();
  const before = github.requests.length;
  pushFiles(world, repository, 'change', { author, files: head });
  const issue = openPullRequest(world, repository, { author, title: 'Change', head: 'change' });
  await settle();
  const operations = github.requests.slice(before).map((request) => request.operation);
  return { view: viewPullRequest(world, repository, issue), operations };
}

describe('a large repository', () => {
  it('is read by one archive when it is first seen, not by a request a file', { timeout: 120_000 }, async () => {
    const { view, operations } = await play('first-sight', modules(600), new Map([['src/new.py', FACE_SEARCH]]));
    expect(view.checks.map((check) => check.conclusion)).toEqual(['failure']);
    expect(operations.filter((operation) => operation === 'repos/download-tarball-archive')).toHaveLength(1);
    expect(operations).not.toContain('git/get-blob');
    expect(operations.length).toBeLessThanOrEqual(12);
    expect(stage.github.violations).toEqual([]);
  });
});

describe('a pull request of 3,001 files', () => {
  it('hides nothing behind the end of the list', { timeout: 120_000 }, async () => {
    const head = new Map([...modules(3000), ['zz/last.py', FACE_SEARCH]]);
    const { view } = await play('padded', new Map([['README.md', 'Read me\n']]), head);
    expect(view.files).toHaveLength(3001);
    expect(view.checks.map((check) => check.conclusion)).toEqual(['failure']);
    expect(view.checks[0]?.annotations.map((annotation) => annotation.path)).toContain('zz/last.py');
    expect(stage.github.violations).toEqual([]);
  });
});
