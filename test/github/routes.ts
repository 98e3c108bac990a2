import type { Deliveries } from './deliveries.ts';
import type { RateLimiter } from './rate-limit.ts';
import { activity } from './resources/activity.ts';
import { appHook } from './resources/app-hook.ts';
import { apps } from './resources/apps.ts';
import { archives } from './resources/archives.ts';
import { checks } from './resources/checks.ts';
import { codeScanning } from './resources/code-scanning.ts';
import { commits } from './resources/commits.ts';
import { contents } from './resources/contents.ts';
import { git } from './resources/git.ts';
import { issues } from './resources/issues.ts';
import { miscellaneous } from './resources/miscellaneous.ts';
import { people } from './resources/people.ts';
import { pulls } from './resources/pulls.ts';
import { reactions } from './resources/reactions.ts';
import { repositories } from './resources/repositories.ts';
import { reviewComments } from './resources/review-comments.ts';
import { reviews } from './resources/reviews.ts';
import { rulesets } from './resources/rulesets.ts';
import type { Route } from './route.ts';

/** Every operation of GitHub's REST API that the local GitHub has, by its id; all others are answered with 501. */
export function buildRoutes(deliveries: Deliveries, limiter: RateLimiter): ReadonlyMap<string, Route> {
  const all = [
    ...activity,
    ...apps,
    ...appHook(deliveries),
    ...archives,
    ...checks,
    ...codeScanning,
    ...commits,
    ...contents,
    ...git,
    ...issues,
    ...miscellaneous(limiter),
    ...people,
    ...pulls,
    ...reactions,
    ...repositories,
    ...reviewComments,
    ...reviews,
    ...rulesets,
  ];
  return new Map(all.map((route) => [route.operation, route]));
}
