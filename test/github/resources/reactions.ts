import { react } from '../actions/comments.ts';
import { accountOf } from '../actor.ts';
import { renderReaction } from '../render/issue.ts';
import { NO_CONTENT, notAccessible, notFound, type Reply } from '../reply.ts';
import { type Call, type Need, numberOf, paginate, type Route, reads, repositoryOf, writes } from '../route.ts';
import type { Reaction } from '../state.ts';

type Store = 'issueComments' | 'reviewComments';

function reactionsOf(call: Call, store: Store): Map<number, Reaction> {
  const comment = repositoryOf(call)[store].get(numberOf(call, 'comment_id'));
  if (comment === undefined) throw notFound();
  return comment.reactions;
}

function add(call: Call, store: Store): Reply {
  const { content } = call.body as Pick<Reaction, 'content'>;
  const { reaction, fresh } = react(call.world, reactionsOf(call, store), accountOf(call.actor).accountId, content);
  return { status: fresh ? 201 : 200, body: renderReaction(call.world, reaction) };
}

function remove(call: Call, store: Store): Reply {
  const reactions = reactionsOf(call, store);
  const reaction = reactions.get(numberOf(call, 'reaction_id'));
  if (reaction === undefined) throw notFound();
  if (reaction.userId !== accountOf(call.actor).accountId) throw notAccessible();
  reactions.delete(reaction.id);
  return NO_CONTENT;
}

function list(call: Call, store: Store): Reply {
  const { content } = call.query;
  const wanted = [...reactionsOf(call, store).values()].filter(
    (one) => content === undefined || one.content === content,
  );
  return paginate(call, wanted, (reaction) => renderReaction(call.world, reaction));
}

function routes(store: Store, names: readonly [string, string, string], permissions: readonly string[]): Route[] {
  const [read, write]: readonly [Need, Need] = [reads(...permissions), writes(...permissions)];
  return [
    { operation: names[0], needs: read, handle: (call) => list(call, store) },
    { operation: names[1], needs: write, handle: (call) => add(call, store) },
    { operation: names[2], needs: write, handle: (call) => remove(call, store) },
  ];
}

export const reactions: readonly Route[] = [
  ...routes(
    'issueComments',
    ['reactions/list-for-issue-comment', 'reactions/create-for-issue-comment', 'reactions/delete-for-issue-comment'],
    ['issues', 'pull_requests'],
  ),
  ...routes(
    'reviewComments',
    [
      'reactions/list-for-pull-request-review-comment',
      'reactions/create-for-pull-request-review-comment',
      'reactions/delete-for-pull-request-comment',
    ],
    ['pull_requests'],
  ),
];
