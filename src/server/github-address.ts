import type { Environment } from './given.ts';

/** Where GitHub is, without slashes at the ends. */
export interface GitHubAddress {
  /** For browsers. */
  readonly web: string;
  /** The REST API. */
  readonly api: string;
}

/** github.com, or the GitHub Enterprise Server that GHE_HOST and GHE_PROTOCOL name; undefined where they name none. */
export function readGitHubAddress(env: Environment): GitHubAddress | undefined {
  const host = env.GHE_HOST?.trim();
  if (host === undefined || host === '') return { web: 'https://github.com', api: 'https://api.github.com' };
  const web = `${env.GHE_PROTOCOL?.trim() || 'https'}://${host}`;
  if (!/^https?:\/\/[^/\s?#@]+$/.test(web) || !URL.canParse(web)) return undefined;
  return { web, api: `${web}/api/v3` };
}

export const GITHUB_ADDRESS_ADVICE =
  'GHE_HOST is the name of your GitHub Enterprise Server alone (github.example.com), GHE_PROTOCOL http or https.';
