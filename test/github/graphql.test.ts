import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken } from './actions/apps.ts';
import { createCheckRun } from './actions/checks.ts';
import { createIssueComment } from './actions/comments.ts';
import { createReview } from './actions/reviews.ts';
import { openChange, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene({
    files: {
      'a.txt': 'one\ntwo\n',
      'large.txt': 'x'.repeat(200),
      'image.png': Buffer.from([1, 0, 2]),
      'docs/b.md': 'b\n',
    },
    limits: { graphqlBlobBytes: 100 },
  });
});

afterEach(() => scene.github.close());

async function ask(
  query: string,
  variables: object = {},
  token = createToken(scene.github.world, scene.installation, {}).token,
) {
  const response = await fetch(`${scene.github.url}/api/graphql`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: unknown; errors?: unknown[]; message?: string };
  return { ...answer, status: response.status };
}

const inRepository = (fields: string) => `query { repository(owner: "acme", name: "widgets") { ${fields} } }`;

describe('GraphQL', () => {
  it('gives blobs by expression and by id, several at once', async () => {
    const { data } = await ask(
      inRepository(`
        text: object(expression: "main:a.txt") { ... on Blob { text isBinary isTruncated byteSize } }
        large: object(expression: "HEAD:large.txt") { ... on Blob { text isTruncated byteSize } }
        image: object(expression: "main:image.png") { ... on Blob { text isBinary isTruncated } }
        folder: object(expression: "main:docs") { __typename ... on Tree { entries { name mode type } } }
        tree: object(expression: "main^{tree}") { __typename }
        nothing: object(expression: "main:nowhere") { __typename }`),
    );
    expect(data).toEqual({
      repository: {
        text: { text: 'one\ntwo\n', isBinary: false, isTruncated: false, byteSize: 8 },
        large: { text: 'x'.repeat(100), isTruncated: true, byteSize: 200 },
        image: { text: null, isBinary: true, isTruncated: false },
        folder: { __typename: 'Tree', entries: [{ name: 'b.md', mode: 33188, type: 'blob' }] },
        tree: { __typename: 'Tree' },
        nothing: null,
      },
    });
  });

  it('gives a pull request with its checks, threads and people', async () => {
    const { github, repository, app, owner } = scene;
    const issue = openChange(scene, { 'a.txt': 'one\n2\n' });
    createCheckRun(github.world, repository, app.id, issue.pullRequest.headSha, {
      name: 'S',
      conclusion: 'success',
      external_id: 'e',
    });
    const bot = { accountId: app.botId, viaAppId: app.id };
    createReview(github.world, repository, issue, bot, {
      event: 'COMMENT',
      comments: [{ path: 'a.txt', line: 2, body: 'Why?' }],
    });
    createIssueComment(github.world, repository, issue, { accountId: owner.id }, 'Hello');
    const { data, errors } = await ask(
      inRepository(`pullRequest(number: ${issue.number}) {
        state changedFiles baseRef { target { oid } } author { __typename login ... on User { databaseId } }
        comments(first: 5) { nodes { id viewerDidAuthor author { login } } }
        reviewThreads(first: 1) { pageInfo { hasNextPage } nodes { isResolved line comments(first: 1) { totalCount nodes { body viewerDidAuthor author { __typename login } } } } }
        commits(last: 1) { nodes { commit { checkSuites(first: 5) { nodes { app { slug } checkRuns(first: 5) { nodes { externalId conclusion } } } } } } }
      }`),
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      repository: {
        pullRequest: {
          state: 'OPEN',
          changedFiles: 1,
          author: { __typename: 'User', login: 'developer' },
          comments: { nodes: [{ viewerDidAuthor: false, author: { login: 'owner' } }] },
          reviewThreads: {
            pageInfo: { hasNextPage: false },
            nodes: [
              {
                isResolved: false,
                line: 2,
                comments: {
                  nodes: [{ viewerDidAuthor: true, author: { __typename: 'Bot', login: 'sightline-test' } }],
                },
              },
            ],
          },
          commits: {
            nodes: [
              {
                commit: {
                  checkSuites: {
                    nodes: [
                      {
                        app: { slug: 'sightline-test' },
                        checkRuns: { nodes: [{ externalId: 'e', conclusion: 'SUCCESS' }] },
                      },
                    ],
                  },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('hides comments', async () => {
    const { github, repository, owner } = scene;
    const comment = createIssueComment(
      github.world,
      repository,
      openChange(scene, { 'b.txt': 'b\n' }),
      { accountId: owner.id },
      'Old',
    );
    const hide =
      'mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } } }';
    expect((await ask(hide, { id: comment.nodeId })).data).toEqual({
      minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } },
    });
    const show =
      'mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } } }';
    expect((await ask(show, { id: comment.nodeId })).data).toEqual({
      unminimizeComment: { unminimizedComment: { isMinimized: false } },
    });
  });

  it("refuses in GitHub's way: 200, the field null, an error with its kind", async () => {
    const missing = await ask('query { repository(owner: "acme", name: "nowhere") { id } }');
    expect(missing).toMatchObject({
      status: 200,
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
    });
    const { token } = createToken(scene.github.world, scene.installation, { permissions: { issues: 'read' } });
    const forbidden = await ask(inRepository('object(expression: "main") { oid }'), {}, token);
    expect(forbidden).toMatchObject({ data: { repository: { object: null } }, errors: [{ type: 'FORBIDDEN' }] });
    const unbounded = await ask(inRepository('pullRequests { totalCount }'));
    expect(unbounded.errors).toMatchObject([{ type: 'MISSING_PAGINATION_BOUNDARIES' }]);
    const excessive = await ask(inRepository('pullRequests(first: 101) { totalCount }'));
    expect(excessive.errors).toMatchObject([{ type: 'EXCESSIVE_PAGINATION' }]);
    expect(scene.github.violations).toEqual([]);
  });

  it('records a document that the schema refuses', async () => {
    expect((await ask(inRepository('pullRequest(number: "1") { nonsense }'))).errors).toHaveLength(2);
    expect(scene.github.violations).toMatchObject([{ direction: 'graphql' }]);
  });

  it('names what is not here', async () => {
    expect(await ask(inRepository('stargazerCount'))).toMatchObject({
      status: 501,
      message: expect.stringContaining('Repository.stargazerCount'),
    });
  });

  it('needs a token', async () => {
    expect((await ask('query { viewer { login } }', {}, 'ghs_nonsense')).status).toBe(401);
  });

  it('pages by cursors', async () => {
    for (const branch of ['x', 'y', 'z']) openChange(scene, { [`${branch}.txt`]: 'b\n' }, { branch });
    const page = async (after: string | null) =>
      (
        await ask(
          `query($after: String) { repository(owner: "acme", name: "widgets") { pullRequests(first: 2, after: $after) { totalCount nodes { number } pageInfo { hasNextPage endCursor } } } }`,
          { after },
        )
      ).data as {
        repository: {
          pullRequests: { nodes: { number: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        };
      };
    const first = (await page(null)).repository.pullRequests;
    const second = (await page(first.pageInfo.endCursor)).repository.pullRequests;
    expect([...first.nodes, ...second.nodes].map((node) => node.number)).toEqual([1, 2, 3]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});
