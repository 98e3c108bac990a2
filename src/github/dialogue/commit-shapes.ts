import { z } from 'zod';

/** The branch that a pull request's commits are on: `owner/name` of its repository, which may be a fork, and its short name. */
export interface HeadBranch {
  readonly repository: string;
  readonly name: string;
}

const person = z.object({ user: z.object({ databaseId: z.number().nullish() }).nullish() }).nullish();

/** A commit as the accounts that had a hand in it; those without an account are not listed. `whole`: these are all. */
const commit = z
  .object({
    commit: z.object({ authors: z.object({ totalCount: z.number(), nodes: z.array(person) }), committer: person }),
  })
  .transform(({ commit: { authors, committer } }) => ({
    people: [...authors.nodes, committer].flatMap((one) => one?.user?.databaseId ?? []),
    whole: authors.nodes.length >= authors.totalCount,
  }));

/** The answer to `PULL_REQUEST_COMMITS`, as far as it is read. */
export const commitsAnswer = z.object({
  repository: z.object({
    pullRequest: z.object({
      headRefName: z.string(),
      headRepository: z.object({ nameWithOwner: z.string() }).nullish(),
      commits: z.object({
        totalCount: z.number(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        nodes: z.array(commit),
      }),
    }),
  }),
});
