import type { Job } from '../store/ports.ts';

/** After so many tries what GitHub refuses is taken for an answer. */
const PATIENCE = 3;

/** Whether a job makes do with less, and says so, instead of failing to be tried again. */
export function isOutOfPatience({ attempts }: Pick<Job, 'attempts'>): boolean {
  return attempts >= PATIENCE;
}
