import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createUser } from '../github/actions/accounts.ts';
import { changeRepositories, installApp } from '../github/actions/apps.ts';
import { openPullRequest } from '../github/actions/pull-requests.ts';
import { createRepository, pushFiles } from '../github/actions/repositories.ts';
import type { Account, Organisation, Repository } from '../github/state.ts';
import { viewPullRequest } from '../github/view/pull-request-view.ts';
import { type AppStage, startStage } from './start-stage.ts';

const FACE_SEARCH =
  'import boto3\n\nboto3.client("rekognition").search_faces_by_image(CollectionId="c", Image={"Bytes": b""})\n';

let stage: AppStage;
let author: Account;

beforeAll(async () => {
  stage = await startStage();
  author = createUser(stage.github.world, 'mira');
}, 60_000);

afterAll(() => stage?.stop());

const create = (organisation: Organisation, name: string) =>
  createRepository(stage.github.world, organisation, name, { files: { 'README.md': `# ${name}\n` } });

function open(repository: Repository, branch: string, files: Readonly<Record<string, string>>) {
  const { world } = stage.github;
  pushFiles(world, repository, branch, { author, files });
  return openPullRequest(world, repository, { author, title: branch, head: branch });
}

/** The operations that the app asked for until it came to rest, and those that named a repository. */
async function settle(): Promise<{ readonly all: readonly string[]; of(repository: Repository): readonly string[] }> {
  const { requests } = stage.github;
  await stage.settle();
  const made = requests.splice(0);
  return {
    all: made.map(({ operation }) => operation),
    of: ({ name }) =>
      made
        .filter(({ path, body }) => new RegExp(`[/"]${name}[/"]`).test(JSON.stringify([path, body])))
        .map(({ operation }) => operation),
  };
}

const conclusions = (repository: Repository) =>
  [...repository.issues.values()].map((issue) => {
    if (!issue.pullRequest) throw new Error('no pull request');
    const { checks } = viewPullRequest(stage.github.world, repository, { ...issue, pullRequest: issue.pullRequest });
    return checks.map(({ conclusion }) => conclusion).join();
  });

describe('when the app is installed', () => {
  it('pull requests that are open already are judged; repositories without any cost nothing', async () => {
    const { world } = stage.github;
    const organisation = createOrganisation(world, 'grown', author);
    const busy = create(organisation, 'busy');
    open(busy, 'search', { 'search.py': FACE_SEARCH });
    open(busy, 'prose', { 'README.md': '# Busier\n' });
    const quiet = Array.from({ length: 20 }, (_, index) => create(organisation, `quiet-${index}`));
    await settle();
    installApp(world, stage.app, organisation, 'all', author);
    const seen = await settle();
    expect(conclusions(busy)).toEqual(['failure', 'success']);
    expect(quiet.flatMap((repository) => seen.of(repository))).toEqual([]);
    expect(seen.of(busy)).toContain('checks/create');
    expect(stage.github.violations).toEqual([]);
  });

  it('on nothing at all, or on a repository without a commit, nothing breaks', async () => {
    const { world } = stage.github;
    const organisation = createOrganisation(world, 'fresh', author);
    const empty = createRepository(world, organisation, 'empty');
    const installation = installApp(world, stage.app, organisation, [], author);
    await settle();
    installApp(world, stage.app, createOrganisation(world, 'fresh-too', author), 'all', author);
    await settle();
    changeRepositories(world, installation, { add: [empty] }, author);
    expect((await settle()).of(empty)).toEqual(['pulls/list']);
    expect(stage.running.readLog()).not.toContain('"level":"error"');
    expect(stage.github.violations).toEqual([]);
  });
});

describe('when repositories are added to an installation', () => {
  it('their open pull requests are judged; one without any costs two requests, once', async () => {
    const { world } = stage.github;
    const organisation = createOrganisation(world, 'careful', author);
    const [first, second, third] = ['first', 'second', 'third'].map((name) => create(organisation, name));
    if (!first || !second || !third) throw new Error('no repositories');
    open(second, 'search', { 'search.py': FACE_SEARCH });
    const installation = installApp(world, stage.app, organisation, [first], author);
    await settle();
    expect(conclusions(second)).toEqual(['']);
    changeRepositories(world, installation, { add: [second, third] }, author);
    const seen = await settle();
    expect(conclusions(second)).toEqual(['failure']);
    expect(seen.of(third)).toEqual(['pulls/list']);
    open(third, 'prose', { 'README.md': '# Third, and busy\n' });
    expect((await settle()).all).not.toContain('pulls/list');
    expect(conclusions(third)).toEqual(['success']);
    expect(stage.github.violations).toEqual([]);
  });
});
