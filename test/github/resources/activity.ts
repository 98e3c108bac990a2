import { renderAccount } from '../render/account.ts';
import { time } from '../render/common.ts';
import { notImplemented, type Reply } from '../reply.ts';
import { type Call, paginate, type Route, reads, repositoryOf } from '../route.ts';

/** Newest first; further pages go by cursors, which the local GitHub has not: it gives the first page. */
function listActivities(call: Call): Reply {
  const { ref, activity_type, direction = 'desc', per_page: _, ...others } = call.query;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw notImplemented(`repos/list-activities with ${unknown}`);
  const wanted = repositoryOf(call).activities.filter(
    (one) =>
      (ref === undefined || one.ref === ref || one.ref === `refs/heads/${ref}`) &&
      (activity_type === undefined || one.type === activity_type),
  );
  const { status, body } = paginate(call, direction === 'asc' ? wanted : wanted.reverse(), (one) => ({
    id: one.id,
    node_id: one.nodeId,
    before: one.before,
    after: one.after,
    ref: one.ref,
    timestamp: time(one.at),
    activity_type: one.type,
    actor: renderAccount(call.world, one.actorId),
  }));
  return { status, body };
}

/** Who moved which branch when: https://docs.github.com/en/rest/repos/repos#list-repository-activities */
export const activity: readonly Route[] = [
  { operation: 'repos/list-activities', needs: reads('contents'), handle: listActivities },
];
