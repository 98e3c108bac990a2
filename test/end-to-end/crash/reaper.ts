import type { Faults } from '../../github/faults.ts';
import type { LoggedRequest } from '../../github/request-log.ts';
import type { App } from './fleet.ts';
import { senderOf } from './run-ids.ts';
import { pause } from './traffic.ts';

/** Kills processes (SIGKILL) at moments that are drawn by chance. */
export interface Reaper {
  /** Resolves when the signal is sent. */
  kill(app: App): Promise<void>;
  /** Kills so far that met a process in the middle of a request to GitHub. */
  readonly midRequest: () => number;
}

/** A process is killed at its n-th request at the latest, or when it has had nothing to do for so long. */
const MOST_REQUESTS = 60;
const LONGEST_WAIT_MS = 6_000;

/** How long a process may live that is killed at just any moment. */
const LONGEST_LIFE_MS = 3_000;

interface Doom {
  requestsLeft: number;
  readonly done: () => void;
}

/** @param faults through them the reaper sees every request in the moment it arrives, and can keep GitHub from acting on it */
export function createReaper(faults: Faults): Reaper {
  const doomed = new Map<number, Doom>();
  let midRequest = 0;
  function isLastRequest(request: LoggedRequest): boolean {
    const pid = senderOf(request)?.process ?? 0;
    const doom = doomed.get(pid);
    if (!doom) return false;
    doom.requestsLeft -= 1;
    if (doom.requestsLeft > 0) return false;
    doomed.delete(pid);
    process.kill(pid, 'SIGKILL');
    midRequest += 1;
    doom.done();
    // In half of the cases GitHub does what it was asked, and nobody is there any more to hear of it.
    return Math.random() < 0.5;
  }
  faults.add({ match: isLastRequest, times: Number.POSITIVE_INFINITY, fault: { kind: 'cut' } });
  async function killAtRequest(app: App): Promise<void> {
    const met = new Promise<void>((done) => {
      doomed.set(app.pid, { requestsLeft: Math.ceil(Math.random() * MOST_REQUESTS), done });
    });
    await Promise.race([met, pause(LONGEST_WAIT_MS)]);
    if (doomed.delete(app.pid)) app.child.kill('SIGKILL');
  }
  return {
    async kill(app) {
      if (Math.random() < 0.75) return killAtRequest(app);
      await pause(Math.random() * LONGEST_LIFE_MS);
      app.child.kill('SIGKILL');
    },
    midRequest: () => midRequest,
  };
}
