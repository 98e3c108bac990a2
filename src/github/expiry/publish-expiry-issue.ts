import { compileGlobs } from '../../document/glob.ts';
import { aboutToEnd } from '../../override/about-to-end.ts';
import type { Override } from '../../override/override.ts';
import { dayOf } from '../../override/term.ts';
import { type EndingOverride, EXPIRY_ISSUE_MARKER, expiryIssue } from '../../report/expiry-issue.ts';
import type { Evaluated, Lease } from '../../store/lease.ts';
import type { Job } from '../../store/ports.ts';
import { overridesOf } from '../../store/stored-overrides.ts';
import { peopleOf } from '../dialogue/people.ts';
import type { EvaluateDeps } from '../evaluate-deps.ts';
import { isGitHubError } from '../github-error.ts';
import { type OpenRepository, openRepository } from '../open-pull-request.ts';
import { isOutOfPatience } from '../patience.ts';
import type { DefaultBranchState } from '../pull-request-state.ts';
import { readConfiguration } from '../read-basis.ts';
import { readDocuments } from '../read-documents.ts';
import { readDefaultBranch } from '../read-state.ts';
import { readTree } from '../read-tree.ts';
import { type IssueRecord, listOf, readIssue, type StoredIssue, writeIssue } from './issue-record.ts';

type Opened = OpenRepository & { readonly state: DefaultBranchState };

/**
 * Brings a repository's issue about ending overrides up to date: made once, edited in place, closed when nothing ends, opened again
 * when something new does. Nothing is written where the repository's configuration does not ask for it.
 */
export async function publishExpiryIssue(deps: EvaluateDeps, job: Job, lease: Lease): Promise<Evaluated> {
  const done: Evaluated = { handledHints: job.hints.map(({ id }) => id) };
  const { repositoryId } = job.mark;
  const stored = await readIssue(deps.state, repositoryId);
  const now = deps.now();
  const overrides = (await overridesOf(deps.state, repositoryId)).map(({ override }) => override);
  const ending = aboutToEnd(overrides, now);
  if (stored.record.unwantedOn === undefined && stored.record.listed === listOf(ending)) return done;
  const opened = await openRepository(deps, job, lease, (octokit, address) =>
    readDefaultBranch(octokit, address, deps.now),
  );
  const record = opened && (await publishWanted(deps, job, opened, stored, ending).catch(orUnwanted(job)));
  await writeIssue(deps.state, stored, record ?? { ...stored.record, unwantedOn: dayOf(now) }, now);
  return done;
}

/** Issues are switched off, or the permission was not accepted: no reason to stand in the queue. */
function orUnwanted(job: Job): (error: unknown) => undefined {
  return (error) => {
    const isFinal = isGitHubError(error, 'gone') || (isOutOfPatience(job) && isGitHubError(error, 'forbidden'));
    if (!isFinal) throw error;
    return undefined;
  };
}

/** Undefined: the repository does not want it. */
async function publishWanted(
  deps: EvaluateDeps,
  job: Job,
  opened: Opened,
  { record }: StoredIssue,
  ending: readonly Override[],
): Promise<IssueRecord | undefined> {
  const { state } = opened;
  const configuration = await readConfiguration({ ...deps, ...opened }, state);
  if (!configuration.comments.expiryIssue) return undefined;
  const owners = await ownersOf(deps, opened, configuration.declarations, ending);
  const told = ending.map(
    (override): EndingOverride => ({ override, owners: owners.get(override.useCase ?? '') ?? [] }),
  );
  const withOwners = await Promise.all(told.map((one) => orRequester(deps, job, opened, one)));
  const { owner, name } = state.repository;
  const issue = expiryIssue(withOwners, owner, (number) => `${deps.webUrl}/${owner}/${name}/pull/${number}`);
  const isNews = ending.some(({ handle }) => !record.told.includes(handle));
  const number = await writeIt(deps, opened, record.number, { ...issue, isNews, isOver: ending.length === 0 });
  const handles = new Set([...record.told, ...ending.map(({ handle }) => handle)]);
  return { ...(number === undefined ? {} : { number }), listed: listOf(ending), told: [...handles] };
}

async function ownersOf(
  deps: EvaluateDeps,
  { reads, state }: Opened,
  declarations: readonly string[],
  ending: readonly Override[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!state.base || ending.every(({ useCase }) => useCase === undefined)) return new Map();
  const tree = await readTree({ ...deps, reads }, state.base.treeSha, true);
  const { texts } = await readDocuments({ ...deps, reads }, tree, compileGlobs(declarations));
  return deps.judge.ownersOf(texts);
}

/** Where nobody is declared to answer for it, whoever asked does; by the login that he has now. */
async function orRequester(
  deps: EvaluateDeps,
  job: Job,
  { octokit, state }: Opened,
  { override, owners }: EndingOverride,
): Promise<EndingOverride> {
  if (owners.length > 0) return { override, owners };
  const asking = { octokit, address: state.repository, now: deps.now, isLastTry: isOutOfPatience(job) };
  const account = await peopleOf(asking).accountById(override.requestedBy.id);
  return { override, owners: account ? [`@${account.login}`] : [] };
}

interface Wanted {
  readonly title: string;
  readonly body: string;
  /** It lists something that nobody was told of. */
  readonly isNews: boolean;
  readonly isOver: boolean;
}

/** Its number; undefined where there is none and nothing to be said. */
async function writeIt(
  deps: EvaluateDeps,
  opened: Opened,
  known: number | undefined,
  { title, body, isNews, isOver }: Wanted,
): Promise<number | undefined> {
  const { issues } = opened.octokit.rest;
  const { owner, name: repo } = opened.state.repository;
  const number = known ?? (await findIssue(deps, opened));
  // Who closed it has read it; only what is new opens it again.
  const change = isOver ? { state: 'closed' as const } : isNews ? { state: 'open' as const } : {};
  if (number !== undefined) {
    try {
      await issues.update({ owner, repo, issue_number: number, title, body, ...change });
      return number;
    } catch (error) {
      if (!isGitHubError(error, 'gone')) throw error;
    }
  }
  if (isOver || !isNews) return undefined;
  const { data } = await issues.create({ owner, repo, title, body });
  return data.number;
}

const PER_PAGE = 100;
const MAX_PAGES = 10;

/** A try that was stopped right after it made the issue did not get to remember it. Ours by author first, by marker second. */
async function findIssue(deps: EvaluateDeps, { octokit, state }: Opened): Promise<number | undefined> {
  const { owner, name: repo } = state.repository;
  const ours = { owner, repo, creator: state.ownLogin, state: 'all', per_page: PER_PAGE } as const;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await octokit.rest.issues.listForRepo({ ...ours, page });
    const own = data.find(
      ({ user, performed_via_github_app, body, pull_request }) =>
        pull_request === undefined &&
        user?.type === 'Bot' &&
        performed_via_github_app?.id === deps.appId &&
        body?.startsWith(`<!-- ${EXPIRY_ISSUE_MARKER} `),
    );
    if (own) return own.number;
    if (data.length < PER_PAGE) return undefined;
  }
  return undefined;
}
