import { createIssueComment } from '../../github/actions/comments.ts';
import type { PullRequestIssue } from '../../github/actions/pull-requests.ts';
import { pushFiles } from '../../github/actions/repositories.ts';
import { openChange, type Scene } from '../../github/scene.ts';

const CODE =
  "import boto3\nboto3.client('rekognition').search_faces_by_image(CollectionId='staff', Image={'Bytes': image})\n";
const FILES = 4;

/** The app answers ten commands of one person on one pull request in ten minutes. */
const MOST_COMMENTS = 8;

/** Developers at work: pushes and commands in comments, until told to stop. */
export interface Traffic {
  readonly pullRequests: readonly PullRequestIssue[];
  /** Ends with one more push to each pull request. */
  stop(): Promise<void>;
}

/**
 * Opens `count` pull requests and goes on changing them.
 * @param everyMs mean pause between two events
 */
export function startTraffic(scene: Scene, count: number, everyMs: number): Traffic {
  const branches = Array.from({ length: count }, (_, index) => `change-${index}`);
  const pullRequests = branches.map((branch) => openChange(scene, { [`${branch}-0.py`]: CODE }, { branch }));
  const comments = new Map<number, number>();
  let stopping = false;
  function speakUp(issue: PullRequestIssue): void {
    const before = comments.get(issue.number) ?? 0;
    comments.set(issue.number, before + 1);
    if (before < MOST_COMMENTS) comment(scene, issue);
  }
  async function work(): Promise<void> {
    while (!stopping) {
      await pause(2 * everyMs * Math.random());
      const index = Math.floor(Math.random() * count);
      if (Math.random() < 0.2) speakUp(pullRequests[index] as PullRequestIssue);
      else push(scene, branches[index] as string);
    }
    for (const branch of branches) push(scene, branch);
  }
  const working = work();
  return {
    pullRequests,
    stop() {
      stopping = true;
      return working;
    },
  };
}

/** A new head: a note that changes nothing, or one finding more or less. */
function push({ github: { world }, repository, developer }: Scene, branch: string): void {
  const file = `${branch}-${1 + Math.floor(Math.random() * FILES)}.py`;
  const chance = Math.random();
  if (chance < 0.3) pushFiles(world, repository, branch, { author: developer, files: { [file]: CODE } });
  else if (chance < 0.5) pushFiles(world, repository, branch, { author: developer, remove: [file] });
  else pushFiles(world, repository, branch, { author: developer, files: { 'notes.txt': String(Math.random()) } });
}

function comment({ github: { world }, repository, developer }: Scene, issue: PullRequestIssue): void {
  const body =
    Math.random() < 0.5 ? '/sightline status' : '/sightline override F1 for 10d because accepted-risk: a pilot';
  createIssueComment(world, repository, issue, { accountId: developer.id }, body);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
