import type { Probot } from 'probot';
import type { Octokit } from '../github/octokit.ts';
import type { Metrics } from './metrics.ts';

/** The same as `probot.auth`, with clients that count their requests and what is left of the installation's limit. */
export function measuredAuth(
  probot: Pick<Probot, 'auth'>,
  metrics: Pick<Metrics, 'apiRequest' | 'apiRemaining'>,
): Pick<Probot, 'auth'> {
  // Probot hands out one client for the app itself; it is measured once.
  const measured = new WeakSet<Octokit>();
  return {
    async auth(installationId) {
      const octokit = await probot.auth(installationId);
      if (!measured.has(octokit)) measure(octokit, installationId ?? 0, metrics);
      measured.add(octokit);
      return octokit;
    },
  };
}

function measure(
  octokit: Octokit,
  installationId: number,
  metrics: Pick<Metrics, 'apiRequest' | 'apiRemaining'>,
): void {
  const seen = (status: number, headers: Readonly<Record<string, unknown>>) => {
    metrics.apiRequest(installationId, status);
    const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    const resource = String(headers['x-ratelimit-resource'] ?? 'core');
    if (Number.isFinite(remaining)) metrics.apiRemaining(installationId, resource, remaining);
  };
  octokit.hook.after('request', ({ status, headers }) => seen(status, headers));
  octokit.hook.error('request', (error) => {
    const response: unknown = Reflect.get(error, 'response');
    const status = Number(Reflect.get(error, 'status') ?? 0);
    const headers = typeof response === 'object' && response ? Reflect.get(response, 'headers') : undefined;
    seen(status, typeof headers === 'object' && headers ? headers : {});
    throw error;
  });
}
