import { acceptDeliveries } from './accept-deliveries.mjs';
import { evaluatePolicies } from './evaluate-policies.mjs';
import { evaluatePullRequests } from './evaluate-pull-requests.mjs';
import { scanTree } from './scan-tree.mjs';
import { wholePath } from './whole-path.mjs';

/**
 * Every benchmark: one file, one entry here. `run` does the work and returns what it measured, each as
 * `{ what, value, unit, limit?, ratio? }`; `limit` is a promise of the documentation that must hold, `ratio` compares with the first
 * of several set-ups.
 */
export const BENCHMARKS = [acceptDeliveries, evaluatePolicies, evaluatePullRequests, scanTree, wholePath];
