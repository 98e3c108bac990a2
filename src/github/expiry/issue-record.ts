import type { Override } from '../../override/override.ts';
import type { State, StateRecord } from '../../store/ports.ts';

/** What is remembered of a repository's issue about overrides that end. */
export interface IssueRecord {
  /** Absent where there is none, or where nobody remembers it. */
  readonly number?: number;
  /** What it lists, as `listOf` says. */
  readonly listed: string;
  /** Handles of the overrides that were ever told of. */
  readonly told: readonly string[];
  /** The day (ISO) on which the repository was found not to want it; asked again the next day. */
  readonly unwantedOn?: string;
}

const KIND = 'expiry_issue';

/** A record with the version that a change of it must name. */
export interface StoredIssue {
  readonly repositoryId: number;
  readonly record: IssueRecord;
  readonly version: number;
}

/** What an issue lists, for comparing: the same text stands for the same overrides with the same ends. */
export function listOf(overrides: readonly Pick<Override, 'handle' | 'until'>[]): string {
  return overrides.map(({ handle, until }) => `${handle}:${until}`).join(' ');
}

export async function readIssue(state: State, repositoryId: number): Promise<StoredIssue> {
  const stored = await state.read({ kind: KIND, repositoryId, pullRequest: 0, name: '' });
  return stored ? storedIssue(stored) : { repositoryId, record: { listed: '', told: [] }, version: 0 };
}

export async function allIssues(state: State): Promise<readonly StoredIssue[]> {
  return (await state.list({ kind: KIND })).map(storedIssue);
}

/** Throws where somebody else wrote in the meantime: the job is tried again with what that one knows. */
export async function writeIssue(
  state: State,
  { repositoryId, version }: StoredIssue,
  record: IssueRecord,
  now: number,
): Promise<void> {
  const key = { kind: KIND, repositoryId, pullRequest: 0, name: '' };
  if (await state.write(key, { version, value: record, now })) return;
  throw new Error(`Somebody else wrote the issue of repository ${repositoryId} at the same time.`);
}

function storedIssue({ repositoryId, value, version }: StateRecord): StoredIssue {
  return { repositoryId, record: value as IssueRecord, version };
}
