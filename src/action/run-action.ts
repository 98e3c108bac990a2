import { toolVersion } from '../command/tool-version.ts';
import { CONFIGURATION_PATH, ORGANISATION_REPOSITORY } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';
import { type FolderRequest, judgeFolder, readFolder } from '../git/review-folder.ts';
import type { Scanner } from '../integration/integration.ts';
import { markdownReport } from '../report/markdown-report.ts';
import { sarifReport } from '../report/sarif/sarif-report.ts';
import { workflowCommands } from '../report/workflow-commands.ts';
import { configurationOf } from '../review/resolve-basis.ts';
import type { Verdict } from '../review/verdict.ts';
import { type CodeScanning, sendSarif } from './send-sarif.ts';

/** What the Action asks of GitHub; `main.ts` has it from @octokit/rest. */
export interface ActionGitHub extends CodeScanning {
  /** Present head and base of a pull request. */
  pullRequest(number: number): Promise<{ readonly headSha: string; readonly baseSha: string; readonly ref: string }>;
  /** Text of a file on a repository's default branch; undefined where there is none, or the token may not see it. */
  fileText(owner: string, repository: string, path: string): Promise<string | undefined>;
  /** Texts of those files of a repository's default branch that are wanted, by path; none where the token may not see it. */
  fileTexts(
    owner: string,
    repository: string,
    isWanted: (path: string) => boolean,
  ): Promise<ReadonlyMap<string, string>>;
}

/** What a workflow run gives: https://docs.github.com/actions/reference/variables-reference */
export interface ActionRun {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The event's payload, as in the file GITHUB_EVENT_PATH. */
  readonly event: unknown;
  readonly github: ActionGitHub;
  readonly scanner: Scanner;
  readonly now: Date;
  readonly print: (text: string) => void;
  readonly appendSummary: (text: string) => void;
  readonly writeFile: (path: string, text: string) => void;
}

/** A job summary holds a mebibyte; https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1024 * 1024;

type FolderAbove = Pick<FolderRequest, 'organisation' | 'organisationDocuments'>;

interface Range {
  readonly base?: string;
  readonly head?: string;
  readonly ref: string;
}

/** Judges what the event brings and says it as annotations, job summary and SARIF. @returns whether it may be merged */
export async function runAction(run: ActionRun): Promise<boolean> {
  const { env, print } = run;
  const range = await rangeOf(run);
  const above = await organisationTexts(run);
  const request: FolderRequest = {
    folder: env.INPUT_PATH || '.',
    base: range.base,
    head: range.head,
    ...above,
    on: run.now.toISOString().slice(0, 10),
    scanner: run.scanner,
  };
  const verdict = judgeFolder(await readFolder(request));
  print(workflowCommands(verdict));
  run.appendSummary(summaryOf(verdict));
  await writeSarif(run, verdict, range);
  return verdict.outcome === 'pass';
}

/** What is held against what: a pull request as it is now, a merge group, else the checked-out tree by itself. */
async function rangeOf({ env, event, github }: ActionRun): Promise<Range> {
  const { pull_request: pull, merge_group: group } = (event ?? {}) as {
    pull_request?: { number?: number };
    merge_group?: { base_sha?: string; head_sha?: string };
  };
  if (typeof pull?.number === 'number') {
    const { headSha, baseSha, ref } = await github.pullRequest(pull.number);
    return { base: baseSha, head: headSha, ref };
  }
  const ref = env.GITHUB_REF ?? 'HEAD';
  if (group?.base_sha !== undefined && group.head_sha !== undefined)
    return { base: group.base_sha, head: group.head_sha, ref };
  return { ref };
}

/** The organisation's own repository has its policies in the tree that is judged. */
async function organisationTexts({ env, github }: ActionRun): Promise<FolderAbove> {
  const [owner, repository] = env.GITHUB_REPOSITORY?.split('/') ?? [];
  if (owner === undefined) return {};
  const organisation = await github.fileText(owner, ORGANISATION_REPOSITORY, CONFIGURATION_PATH);
  if (repository === ORGANISATION_REPOSITORY) return { organisation };
  const isPack = compileGlobs(configurationOf({ organisation }).configuration.packs);
  return { organisation, organisationDocuments: await github.fileTexts(owner, ORGANISATION_REPOSITORY, isPack) };
}

function summaryOf(verdict: Verdict): string {
  const text = markdownReport(verdict, { hasDialogue: false });
  return Buffer.byteLength(text) <= MAX_SUMMARY_BYTES
    ? text
    : `${Buffer.from(text)
        .subarray(0, MAX_SUMMARY_BYTES - 100)
        .toString('utf8')}\n…\n`;
}

async function writeSarif(
  { env, github, writeFile, print }: ActionRun,
  verdict: Verdict,
  { head, ref }: Range,
): Promise<void> {
  const upload = env.INPUT_UPLOAD_SARIF === 'true';
  if (!upload && !env.INPUT_SARIF) return;
  const text = JSON.stringify(sarifReport(verdict, toolVersion()));
  if (env.INPUT_SARIF) writeFile(env.INPUT_SARIF, text);
  const commitSha = head ?? env.GITHUB_SHA;
  if (!upload || commitSha === undefined) return;
  print(await sendSarif(github, { text, commitSha, ref }));
}
