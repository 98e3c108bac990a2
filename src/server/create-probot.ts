import { Probot } from 'probot';
import { boundedFetch } from '../github/bounded-fetch.ts';
import { octokitWith } from '../github/octokit.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** Probot as the keeper of the App's key and tokens; webhooks come through our own ingress. Sends nothing by itself. */
export function createProbot(
  settings: Pick<Settings, 'appId' | 'privateKey' | 'webhookSecrets' | 'apiUrl'>,
  log: Log,
): Probot {
  const fetch = boundedFetch();
  return new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecrets[0] ?? '',
    baseUrl: settings.apiUrl,
    log,
    Octokit: octokitWith(fetch),
    // For the tokens, which Octokit gets without its own class.
    request: { fetch },
  });
}
