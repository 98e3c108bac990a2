import type { LocalGitHub } from '../github/local-github.ts';
import { pause, type RunningApp } from './start-app.ts';

/**
 * Resolves when nothing is left to do: every webhook was answered and the app's queue is empty. What the app writes makes new
 * webhooks, so both are asked until they agree. Throws after `timeoutMs` with what was last seen.
 */
export async function waitUntilIdle(github: LocalGitHub, app: RunningApp, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    await github.deliveries.settled();
    const delivered = github.deliveries.log.length;
    const open = await app.countOpenJobs();
    await github.deliveries.settled();
    if (open === 0 && github.deliveries.log.length === delivered) return;
    if (Date.now() > deadline) throw new Error(describe(github, app, open));
    await pause(25);
  }
}

function describe(github: LocalGitHub, app: RunningApp, open: number): string {
  const requests = github.requests.slice(-8).map(({ method, path, status }) => `  ${method} ${path} ${status}`);
  return [
    `The app has ${open} open jobs. Its last requests:`,
    ...requests,
    'The end of its log:',
    app.readLog(15),
  ].join('\n');
}
