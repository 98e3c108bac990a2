import { z } from 'zod';

/** The shapes of GitHub's answers to the queries in `queries.ts`, as far as they are read. */

export const source = z.object({
  oid: z.string(),
  tree: z.object({ oid: z.string() }),
  file: z
    .object({
      oid: z.string(),
      mode: z.number(),
      type: z.string(),
      object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullish(),
    })
    .nullish(),
  folder: z.object({ oid: z.string(), type: z.string() }).nullish(),
});

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

const sameHead = z.object({
  pageInfo,
  nodes: z.array(
    z.object({
      number: z.number(),
      state: z.string(),
      headRefOid: z.string(),
      repository: z.object({ databaseId: z.number() }).nullish(),
    }),
  ),
});

const checkRuns = z.object({
  pageInfo,
  nodes: z.array(
    z.object({
      databaseId: z.number().nullish(),
      resourcePath: z.string().nullish(),
      externalId: z.string().nullish(),
      status: z.string(),
      conclusion: z.string().nullish(),
      startedAt: z.string().nullish(),
      annotations: z.object({ totalCount: z.number() }).nullish(),
    }),
  ),
});

export const checks = z.object({
  oid: z.string(),
  tree: z.object({ oid: z.string() }),
  associatedPullRequests: sameHead.nullish(),
  ownSuites: z.object({ nodes: z.array(z.object({ id: z.string(), checkRuns: checkRuns.nullish() })) }).nullish(),
  checkSuites: z
    .object({
      nodes: z.array(z.object({ app: z.object({ databaseId: z.number().nullish(), slug: z.string() }).nullish() })),
    })
    .nullish(),
});

/** The answers to `MORE_SAME_HEAD` and `MORE_CHECK_RUNS`. */
export const sameHeadAnswer = z
  .object({ repository: z.object({ object: z.object({ associatedPullRequests: sameHead }) }) })
  .transform(({ repository }) => repository.object.associatedPullRequests);
export const checkRunsAnswer = z.object({ node: z.object({ checkRuns }) }).transform(({ node }) => node.checkRuns);

export const threads = z.object({
  pageInfo,
  nodes: z.array(
    z.object({
      id: z.string(),
      isResolved: z.boolean(),
      comments: z.object({
        totalCount: z.number(),
        nodes: z.array(
          z.object({
            fullDatabaseId: z.union([z.string(), z.number()]).nullish(),
            viewerDidAuthor: z.boolean(),
            body: z.string(),
            path: z.string(),
          }),
        ),
      }),
    }),
  ),
});

export const repositoryFields = z.object({ databaseId: z.number(), nameWithOwner: z.string(), isPrivate: z.boolean() });
export const organisation = z
  .object({ nameWithOwner: z.string(), defaultBranchRef: z.object({ target: source }).nullish() })
  .nullish();

export const pullRequestAnswer = z.object({
  repository: repositoryFields.extend({
    pullRequest: z.object({
      state: z.string(),
      isDraft: z.boolean(),
      changedFiles: z.number(),
      headRefOid: z.string(),
      baseRefName: z.string(),
      author: z.object({ login: z.string(), databaseId: z.number().nullish() }).nullish(),
      baseRef: z.object({ target: source }).nullish(),
      reviewThreads: threads,
    }),
    // Not there, or not a commit: read by its id instead.
    head: checks.nullish().catch(null),
  }),
  organisation,
});

export const commitAnswer = z.object({
  repository: repositoryFields.extend({ head: checks, base: source }),
  organisation,
});

export const defaultBranchAnswer = z.object({
  viewer: z.object({ login: z.string() }),
  repository: repositoryFields.extend({ defaultBranchRef: z.object({ target: source }).nullish() }),
  organisation,
});

export const threadsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ reviewThreads: threads }) }),
});

const commit = z.object({ oid: z.string() });

export const openPullRequestsAnswer = z.object({
  nodes: z.array(
    z
      .object({
        databaseId: z.number(),
        pullRequests: z.object({
          totalCount: z.number(),
          nodes: z.array(
            z.object({
              number: z.number(),
              headRefOid: z.string(),
              baseRefName: z.string(),
              // An entry that waits for its turn has no commit yet.
              mergeQueueEntry: z.object({ headCommit: commit, baseCommit: commit }).nullish().catch(null),
            }),
          ),
        }),
      })
      .nullable()
      .catch(null),
  ),
});
