import { z } from 'zod';

const person = z.object({ user: z.object({ databaseId: z.number().nullish() }).nullish() }).nullish();

/** A commit as the accounts that had a hand in it; those without an account are not listed. */
const commit = z
  .object({ commit: z.object({ authors: z.object({ nodes: z.array(person) }), committer: person }) })
  .transform(({ commit: { authors, committer } }) => ({
    people: [...authors.nodes, committer].flatMap((one) => one?.user?.databaseId ?? []),
  }));

/** The answer to `PULL_REQUEST_COMMITS`, as far as it is read. */
export const commitsAnswer = z.object({
  repository: z.object({
    pullRequest: z.object({
      commits: z.object({
        totalCount: z.number(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        nodes: z.array(commit),
      }),
    }),
  }),
});
