import { setTimeout } from 'node:timers/promises';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { ActionGitHub } from './run-action.ts';

/** GitHub, by the workflow's token. Waits for a rate limit once, and no longer than this. */
const LONGEST_WAIT_SECONDS = 60;

/** GitHub reads a small SARIF file within seconds; whoever waits for the check need not wait for a busy day. */
const STATUS_TRIES = 6;
const STATUS_PAUSE_MS = 5000;

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
    // The log is read by people: that there is no configuration of the organisation is no news to them.
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
  });
  const fileText: ActionGitHub['fileText'] = async (ofOwner, ofRepository, path) => {
    const file = { owner: ofOwner, repo: ofRepository, path, mediaType: { format: 'raw' } };
    const data: unknown = await rest.repos.getContent(file).then((answer) => answer.data, noneIfHidden);
    return typeof data === 'string' ? data : undefined;
  };
  return {
    async pullRequest(number) {
      const { data } = await rest.pulls.get({ owner, repo, pull_number: number });
      return { headSha: data.head.sha, baseSha: data.base.sha, ref: `refs/pull/${number}/head` };
    },
    fileText,
    async fileTexts(ofOwner, ofRepository, isWanted) {
      const tree = { owner: ofOwner, repo: ofRepository, tree_sha: 'HEAD', recursive: 'true' };
      const data = await rest.git.getTree(tree).then((answer) => answer.data, noneIfHidden);
      if (data?.truncated) throw new Error(`${ofOwner}/${ofRepository} has more files than GitHub lists.`);
      const texts = new Map<string, string>();
      for (const { path, type } of data?.tree ?? []) {
        if (type !== 'blob' || !isWanted(path)) continue;
        const text = await fileText(ofOwner, ofRepository, path);
        if (text !== undefined) texts.set(path, text);
      }
      return texts;
    },
    async uploadSarif({ commitSha, ref, sarif }) {
      const upload = { owner, repo, commit_sha: commitSha, ref, sarif, tool_name: 'Sightline' };
      return (await rest.codeScanning.uploadSarif(upload)).data.id ?? '';
    },
    async sarifStatus(id) {
      for (let tries = 1; ; tries += 1) {
        const { data } = await rest.codeScanning.getSarif({ owner, repo, sarif_id: id });
        if (data.processing_status === 'failed') return { status: 'failed', reason: (data.errors ?? []).join('; ') };
        if (data.processing_status === 'complete') return { status: 'complete' };
        if (tries === STATUS_TRIES) return { status: 'pending' };
        await setTimeout(STATUS_PAUSE_MS);
      }
    },
  };
}

function quiet(): void {}

/** Not there (404), empty (409), or hidden from the token (403, 404). */
function noneIfHidden(error: unknown): undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 403 || status === 404 || status === 409) return;
  throw error;
}
