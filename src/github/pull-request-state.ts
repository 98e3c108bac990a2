/** A check run of our name on a commit. */
export interface CheckRunSeen {
  /** Undefined where GraphQL can't say it (ids outgrew its `Int`). */
  readonly id: number | undefined;
  readonly appId: number;
  readonly externalId: string;
  readonly completed: boolean;
  /** Lower case, as in the REST API; absent before completion. */
  readonly conclusion?: string;
  readonly startedAt: string;
  readonly annotationCount: number;
}

export interface ThreadComment {
  readonly id: number;
  /** Written by this app's own account, as GitHub says, whatever the text claims. */
  readonly own: boolean;
  readonly body: string;
  readonly path: string;
}

export interface ThreadSeen {
  readonly id: string;
  readonly resolved: boolean;
  readonly comments: readonly ThreadComment[];
  /** All comments, also those that were not read. */
  readonly commentCount: number;
}

/** A commit that configuration is read from. */
export interface ConfigurationSource {
  readonly sha: string;
  readonly treeSha: string;
  /** Tree of the folder in which policies lie by default; absent: there is none. */
  readonly folderTree?: string;
  /** Blob of the configuration file; absent: there is none. */
  readonly configurationBlob?: string;
  /** The configuration itself; absent where it has to be asked for by its blob. */
  readonly configurationContent?: Uint8Array;
  /** Something stands at the configuration's path that is no regular file (a symbolic link, a submodule, a folder). */
  readonly notAFile?: true;
}

export interface RepositoryName {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

/** What any evaluated commit has: where it is, the checks on it, and the layers of configuration. */
export interface CommitState {
  readonly repository: RepositoryName;
  readonly headSha: string;
  readonly headTreeSha: string;
  /** Ours. */
  readonly checkRuns: readonly CheckRunSeen[];
  /** Slugs of other apps that set a check of our name on it. */
  readonly foreignApps: readonly string[];
  /** Tip of the base branch, or the base commit of a merge group; absent: the base branch is gone. */
  readonly base?: ConfigurationSource;
  /** The organisation's repository `.github`; absent where there is none that we may see. */
  readonly organisation?: ConfigurationSource & { readonly owner: string; readonly name: string };
}

/** A repository's default branch, and the login that we have in the REST API (`slug[bot]`). */
export interface DefaultBranchState extends Pick<CommitState, 'repository' | 'base' | 'organisation'> {
  readonly ownLogin: string;
}

/** A pull request as GitHub has it now. */
export interface PullRequestState extends CommitState {
  readonly number: number;
  readonly open: boolean;
  readonly merged: boolean;
  readonly draft: boolean;
  readonly changedFiles: number;
  readonly baseRef: string;
  readonly author?: { readonly login: string; readonly id: number };
  /** Other open pull requests of this repository with the same head commit, by number. */
  readonly siblings: readonly number[];
  readonly threads: readonly ThreadSeen[];
  /** Where further threads begin; absent: these are all. */
  readonly threadsAfter?: string;
}
