import { createHash } from 'node:crypto';
import type { Annotation, CheckRunReport } from '../report/report.ts';
import { type CheckRunIdentity, formatIdentity, parseIdentity } from './check-run-identity.ts';
import type { CheckRunSeen } from './pull-request-state.ts';

/** More in one request are refused: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const ANNOTATIONS_PER_REQUEST = 50;

export type Conclusion = CheckRunReport['conclusion'] | 'cancelled';

/** What is sent of a check run. Annotations are added to those that it has. */
export interface CheckRunContent {
  readonly externalId: string;
  readonly conclusion?: Conclusion;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations: readonly Annotation[];
  };
  readonly actions?: CheckRunReport['actions'];
}

export interface CheckRunWrites {
  /** Returns the new run's id. Without a conclusion the run is in progress. */
  createCheckRun(headSha: string, content: CheckRunContent): Promise<number>;
  updateCheckRun(id: number, content: CheckRunContent): Promise<void>;
}

/** For whom a check run speaks. */
export type CheckRunSubject = Omit<CheckRunIdentity, 'digest'>;

/** A run of ours that can still be written to. */
export interface StartedRun {
  readonly id: number;
  /** Digest of what it already says, `pending` if nothing. */
  readonly digest: string;
  readonly annotationCount: number;
}

const PENDING = 'pending';

/** Our runs for this subject among those on its head, newest first. Base is not compared: a retargeted pull request has older ones. */
function ownRuns(runs: readonly CheckRunSeen[], appId: number, subject: CheckRunSubject) {
  return runs
    .flatMap((run) => {
      const identity = run.appId === appId ? parseIdentity(run.externalId) : undefined;
      if (identity?.repositoryId !== subject.repositoryId || identity.subject !== subject.subject) return [];
      return run.id === undefined ? [] : [{ run, id: run.id, identity }];
    })
    .sort((a, b) => b.id - a.id);
}

/** What our newest run for this subject says, if it is finished and for the same base. */
export function finishedRun(
  runs: readonly CheckRunSeen[],
  appId: number,
  subject: CheckRunSubject,
): { readonly id: number; readonly digest: string } | undefined {
  const [newest] = ownRuns(runs, appId, subject);
  if (!newest?.run.completed || newest.identity.base !== subject.base) return undefined;
  return { id: newest.id, digest: newest.identity.digest };
}

/** Makes sure that a run is in progress: the one that an earlier try has left, or a new one. */
export async function startCheckRun(
  writes: CheckRunWrites,
  runs: readonly CheckRunSeen[],
  appId: number,
  subject: CheckRunSubject,
): Promise<StartedRun> {
  const left = ownRuns(runs, appId, subject).find(
    ({ run, identity }) => !run.completed && identity.base === subject.base,
  );
  if (left) return { id: left.id, digest: left.identity.digest, annotationCount: left.run.annotationCount };
  const id = await writes.createCheckRun(subject.headSha, {
    externalId: formatIdentity({ ...subject, digest: PENDING }),
  });
  return { id, digest: PENDING, annotationCount: 0 };
}

/**
 * Concludes with a report: in the started run, or in a new one where none was started. Annotations go out in batches, the
 * conclusion with the last, so that a run that is concluded has them all. A run that an earlier try left half annotated is
 * continued if it says the same, else given up: annotations can't be taken back.
 * @returns the id of the run that was concluded
 */
export async function concludeCheckRun(
  writes: CheckRunWrites,
  subject: CheckRunSubject,
  report: CheckRunReport,
  digest: string,
  started: StartedRun | undefined,
): Promise<number> {
  const externalId = formatIdentity({ ...subject, digest });
  const canGoOn = started && (started.annotationCount === 0 || started.digest === digest);
  if (started && !canGoOn) await writes.updateCheckRun(started.id, superseded(subject));
  const batches = batchesOf(report.annotations.slice(canGoOn ? started.annotationCount : 0));
  let id = canGoOn ? started.id : undefined;
  for (const [index, annotations] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const content: CheckRunContent = {
      externalId,
      output: { ...outputOf(report), annotations },
      ...(isLast ? { conclusion: report.conclusion, actions: report.actions } : {}),
    };
    if (id === undefined) id = await writes.createCheckRun(subject.headSha, content);
    else await writes.updateCheckRun(id, content);
  }
  return id ?? 0;
}

/** Closes a run that will never be finished: its head is no longer the pull request's, or the pull request is closed. */
export function superseded(subject: CheckRunSubject): CheckRunContent {
  return {
    externalId: formatIdentity({ ...subject, digest: 'superseded' }),
    conclusion: 'cancelled',
    output: {
      title: 'Superseded',
      summary: 'This run was given up because a newer one took its place, or because the pull request was closed.',
      annotations: [],
    },
  };
}

/** Ids of runs of ours for this subject that are still in progress, apart from the one in use. */
export function stuckRuns(
  runs: readonly CheckRunSeen[],
  appId: number,
  subject: CheckRunSubject,
  inUse: number | undefined,
): readonly number[] {
  return ownRuns(runs, appId, subject).flatMap(({ run, id }) => (run.completed || id === inUse ? [] : [id]));
}

/**
 * Digest of what a run says, after the pull request's own conclusion: where two pull requests share a head, a run may have
 * to show the worse of both, and each must still be able to tell its own.
 */
export function contentDigest(own: CheckRunReport['conclusion'], shown: CheckRunReport): string {
  return `${own}-${createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16)}`;
}

/** The pull request's own conclusion out of a run's digest. */
export function ownConclusion(digest: string): CheckRunReport['conclusion'] | undefined {
  return (['success', 'failure', 'action_required'] as const).find((conclusion) => digest.startsWith(`${conclusion}-`));
}

function outputOf({ title, summary, text }: CheckRunReport) {
  return { title, summary, ...(text === undefined ? {} : { text }) };
}

function batchesOf(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const batches: Annotation[][] = [];
  for (let start = 0; start < annotations.length; start += ANNOTATIONS_PER_REQUEST) {
    batches.push(annotations.slice(start, start + ANNOTATIONS_PER_REQUEST));
  }
  return batches.length === 0 ? [[]] : batches;
}
