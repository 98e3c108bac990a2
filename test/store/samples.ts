import type { Delivery, Mark } from '../../src/store/ports.ts';

/** A pull request of repository 7 in installation 1, unless told otherwise. */
export function pullRequest(number: number, over: Partial<Mark> = {}): Mark {
  return { installationId: 1, repositoryId: 7, scope: { kind: 'pull_request', number }, ...over };
}

/** A delivery that marks pull request 1, unless told otherwise. */
export function delivery(guid: string, over: Partial<Delivery> = {}): Delivery {
  return {
    guid,
    event: 'pull_request',
    action: 'synchronize',
    installationId: 1,
    receivedAt: 1_000,
    marks: [pullRequest(1)],
    hints: [],
    ...over,
  };
}

/** The job that a claim gave; a test that expects one fails here without it. */
export async function claimed<T>(claim: Promise<T | undefined>): Promise<T> {
  const job = await claim;
  if (!job) throw new Error('There was no job to claim');
  return job;
}
