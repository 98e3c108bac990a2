import type { Involvement } from '../../override/authority.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import type { People } from './people.ts';

/** Who has worked on the pull request; whoever pushed its head counts where the push was seen. */
export function readInvolvement({ state, store }: OpenPullRequest, people: People): Promise<Involvement> {
  const { number, author, headSha } = state;
  const { pusher } = store.memo;
  return people.involvement(number, author?.id ?? 0, pusher?.headSha === headSha ? pusher.id : undefined);
}
