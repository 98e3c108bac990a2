import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import type { Faults } from '../../github/faults.ts';
import type { LoggedRequest } from '../../github/request-log.ts';
import type { RunningApp } from '../start-app.ts';

/** The moment within a step at which the app is killed with `SIGKILL`; `before`: what it is about to do is not done. */
export type Kill =
  /** After the step, when nothing is left to do. */
  | { readonly at: 'idle' }
  /** At the n-th request to GitHub (from 1), of all or of one operation. */
  | { readonly at: 'request'; readonly n: number; readonly operation?: string; readonly when: 'before' | 'after' }
  /** At the n-th change of the store (from 1). */
  | { readonly at: 'commit'; readonly n: number; readonly when: 'before' | 'after' };

/** A kill that waits for its moment. */
export interface ArmedKill {
  /** From now on nothing kills any more; tells whether the moment came. */
  disarm(): Promise<boolean>;
}

/** Arms a kill for the step that begins now. `file` is the one that the app's process watches. */
export function arm(kill: Kill, app: RunningApp, faults: Faults, file: string): ArmedKill {
  const { process: child } = app;
  let left = kill.at === 'request' ? kill.n : 0;
  if (kill.at === 'commit') writeFileSync(file, `${kill.n} ${kill.when}`);
  if (kill.at === 'request') {
    const match = ({ operation }: LoggedRequest) => {
      if (left === 0 || (kill.operation !== undefined && operation !== kill.operation)) return false;
      left -= 1;
      return left === 0 && child.kill('SIGKILL');
    };
    faults.add({ match, fault: { kind: 'cut', when: kill.when } });
  }
  return {
    async disarm() {
      faults.clear();
      rmSync(file, { force: true });
      return kill.at === 'idle' || (kill.at === 'request' ? left === 0 : !(await isAlive(app)));
    },
  };
}

/** A process that has just been killed may not be known to be dead yet, but it answers no more. */
function isAlive({ url }: RunningApp): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    () => true,
    () => false,
  );
}

/** Kills a process that may be dead already, and waits until it is. */
export async function bury({ process: child }: RunningApp): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
