import type { Involvement } from '../../override/authority.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { lastPushers } from './last-pushers.ts';
import type { People } from './people.ts';

/** Who has worked on the pull request: its author, everybody in its commits, and whoever pushed its head. */
export async function readInvolvement(open: OpenPullRequest, people: People): Promise<Involvement> {
  const { number, author } = open.state;
  const { branch, commitPeople, complete } = await people.atWork(number);
  const pushers = await lastPushers(open, branch);
  return { authorId: author?.id ?? 0, commitPeople, complete, ...(pushers ? { lastPushers: pushers } : {}) };
}
