import { type Aftermath, aftermath } from '../crash/aftermath.ts';
import { letItStorm, type Weather } from './network-faults.ts';
import { type NetworkStage, open, push } from './network-stage.ts';

/** What a storm did, and what it left. */
export interface StormResult extends Aftermath {
  readonly faults: number;
  readonly requests: number;
  /** Runs by how they ended. */
  readonly finished: number;
  readonly failed: number;
  readonly paused: number;
  /** On the app's clock. */
  readonly minutes: number;
}

/** Opens pull requests in every place and changes them, twice, while requests go wrong; then all is quiet, and is looked at. */
export async function storm(stage: NetworkStage, weather: Weather, pullRequests: number): Promise<StormResult> {
  const { scene, store, places, outcomes } = stage;
  const { github } = scene;
  const met = letItStorm(github.faults, github.world, weather);
  const of = (index: number) => places[index % places.length] ?? scene;
  const branches = Array.from({ length: pullRequests }, (_, index) => `change-${index}`);
  const opened = branches.map((branch, index) => ({ place: of(index), issue: open(of(index), branch) }));
  let minutes = await stage.quiet();
  for (const [index, branch] of branches.entries()) push(of(index), branch);
  minutes += await stage.quiet();
  github.faults.clear();
  const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
  let left: Aftermath | undefined;
  for (const place of places) {
    const own = opened.flatMap((each) => (each.place === place ? [each.issue] : []));
    left = worse(left, await aftermath(place, store, own));
  }
  if (!left) throw new Error('A stage has at least one place');
  return {
    faults: met(),
    requests: github.requests.length,
    finished: count('finished'),
    failed: count('failed') + count('timed_out') + count('lease_lost'),
    paused: count('paused'),
    minutes,
    ...left,
  };
}

/** What concerns one place is added up; what concerns the store is the same for all. */
function worse(before: Aftermath | undefined, next: Aftermath): Aftermath {
  if (!before) return next;
  return {
    ...next,
    unfinished: before.unfinished + next.unfinished,
    doubledRuns: before.doubledRuns + next.doubledRuns,
    doubledComments: before.doubledComments + next.doubledComments,
    unanswered: before.unanswered + next.unanswered,
  };
}
