import type { Verdict } from '../review/verdict.ts';
import { GitHubError } from './github-error.ts';

/** Begins the reason of everything that GitHub should have given and did not; another try may bring it. */
export const NOT_GIVEN = 'GitHub does not give';

/** The error that an incomplete verdict stands for, where another try may complete it; undefined where none would. */
export function notGiven({ notSeen }: Pick<Verdict, 'notSeen'>): GitHubError | undefined {
  const missing = notSeen.find(({ what, reason }) => what === 'api' || reason.startsWith(NOT_GIVEN));
  return missing && new GitHubError('unavailable', `${missing.path ?? missing.what}: ${missing.reason}`);
}
