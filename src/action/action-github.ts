import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { ActionGitHub } from './run-action.ts';

/** GitHub, by the workflow's token. Waits for a rate limit once, and no longer than this. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * The Action's side of GitHub.
 * @param repository `owner/name`
 * @param baseUrl the REST API's address
 */
export function actionGitHub(token: string, repository: string, baseUrl: string): ActionGitHub {
  const [owner = '', repo = ''] = repository.split('/');
  const onLimit = (seconds: number, _options: unknown, _octokit: unknown, retries: number) =>
    retries < 1 && seconds <= LONGEST_WAIT_SECONDS;
  const Client = Octokit.plugin(retry, throttling);
  const { rest } = new Client({
    auth: token,
    baseUrl,
    userAgent: 'sightline-action',
    throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
  });
  return {
    async pullRequest(number) {
      const { data } = await rest.pulls.get({ owner, repo, pull_number: number });
      return { headSha: data.head.sha, baseSha: data.base.sha, ref: `refs/pull/${number}/head` };
    },
    async fileText(ofOwner, ofRepository, path) {
      try {
        const { data } = await rest.repos.getContent({
          owner: ofOwner,
          repo: ofRepository,
          path,
          mediaType: { format: 'raw' },
        });
        return typeof data === 'string' ? data : undefined;
      } catch (error) {
        if (error instanceof Error && 'status' in error && (error.status === 404 || error.status === 403))
          return undefined;
        throw error;
      }
    },
    async uploadSarif({ commitSha, ref, sarif }) {
      await rest.codeScanning.uploadSarif({ owner, repo, commit_sha: commitSha, ref, sarif, tool_name: 'Sightline' });
    },
  };
}
