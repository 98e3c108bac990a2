import type { KeyObject } from 'node:crypto';
import type { Log } from 'sarif';
import type { CheckRun, CheckSuite } from './check-state.ts';
import type { ObjectStore } from './git/object-store.ts';

export type Level = 'read' | 'write' | 'admin';
export type Permissions = Readonly<Record<string, Level>>;

/** A person, an organisation or an app's bot. Times are milliseconds since the epoch everywhere. */
export interface Account {
  readonly id: number;
  readonly nodeId: string;
  login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
  readonly name: string | null;
  readonly createdAt: number;
}

export interface Organisation extends Account {
  readonly members: Map<number, { readonly role: 'admin' | 'member'; readonly state: 'active' | 'pending' }>;
  readonly teams: Map<string, Team>;
}

export interface Team {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly organisationId: number;
  readonly parentSlug?: string;
  readonly createdAt: number;
  readonly members: Map<number, { readonly role: 'member' | 'maintainer'; readonly state: 'active' | 'pending' }>;
}

export interface App {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly ownerId: number;
  readonly botId: number;
  readonly publicKey: KeyObject;
  readonly hookId: number;
  hook: { url: string; secret: string; contentType: 'json' | 'form'; insecureSsl: '0' | '1' };
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: number;
}

export interface Installation {
  readonly id: number;
  readonly nodeId: string;
  readonly appId: number;
  readonly accountId: number;
  /** What the account granted; stays behind the app's own until somebody accepts. */
  permissions: Permissions;
  events: readonly string[];
  selection: 'all' | 'selected';
  readonly repositoryIds: Set<number>;
  suspendedAt?: number;
  suspendedById?: number;
  readonly createdAt: number;
  updatedAt: number;
}

export interface Token {
  readonly token: string;
  readonly expiresAt: number;
  readonly installationId: number;
  readonly permissions: Permissions;
  /** Absent: all that the installation has. */
  readonly repositoryIds?: ReadonlySet<number>;
}

/** One move of a branch, as the list of a repository's activity has it. */
export interface Activity {
  readonly id: number;
  readonly nodeId: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actorId: number;
  readonly type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion';
  readonly at: number;
}

export interface Repository {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  ownerId: number;
  readonly private: boolean;
  readonly description: string | null;
  defaultBranch: string;
  readonly parentId?: number;
  forkCount: number;
  readonly store: ObjectStore;
  /** Commit by full name: `refs/heads/main`, `refs/pull/3/head`. */
  readonly refs: Map<string, string>;
  readonly collaborators: Map<number, Collaboration>;
  readonly issues: Map<number, Issue>;
  readonly issueComments: Map<number, IssueComment>;
  readonly reviews: Map<number, Review>;
  readonly reviewComments: Map<number, ReviewComment>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly codeScanning: { isEnabled: boolean; readonly uploads: Map<string, SarifUpload> };
  readonly rulesets: Map<number, Ruleset>;
  readonly protections: Map<string, Protection>;
  /** Oldest first. */
  readonly activities: Activity[];
  nextNumber: number;
  readonly createdAt: number;
  pushedAt: number;
}

/** `permission` is the folded legacy level, `roleName` what GitHub now decides by (custom roles appear there). */
export interface Collaboration {
  readonly permission: 'read' | 'triage' | 'write' | 'maintain' | 'admin';
  readonly roleName: string;
}

export interface Issue {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null;
  readonly authorId: number;
  readonly viaAppId?: number;
  labels: string[];
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  readonly pullRequest?: PullRequest;
}

export interface PullRequest {
  readonly id: number;
  readonly nodeId: string;
  readonly headRepositoryId: number;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  mergedAt: number | null;
  mergedById: number | null;
  mergeCommitSha: string | null;
  readonly resolvedThreads: Set<number>;
}

export interface Reaction {
  readonly id: number;
  readonly userId: number;
  readonly content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  readonly createdAt: number;
}

interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly issueNumber: number;
  readonly authorId: number;
  readonly viaAppId?: number;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  minimised?: string;
  readonly reactions: Map<number, Reaction>;
}

export type IssueComment = Comment;

export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly issueNumber: number;
  readonly authorId: number;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commitSha: string;
  submittedAt: number | null;
  minimised?: string;
}

export type Side = 'LEFT' | 'RIGHT';

export interface ReviewComment extends Comment {
  readonly reviewId: number;
  readonly path: string;
  readonly subjectType: 'line' | 'file';
  readonly originalCommitSha: string;
  /** The anchor as it was posted, 1-based. */
  readonly originalLine?: number;
  readonly originalStartLine?: number;
  readonly side: Side;
  readonly startSide?: Side;
  readonly diffHunk: string;
  readonly inReplyToId?: number;
}

/** A SARIF file that was sent to code scanning; with `errors` it was rejected as a whole, without `log` it could not even be read. */
export interface SarifUpload {
  readonly ref: string;
  readonly commitSha: string;
  readonly log: Log | undefined;
  readonly errors: readonly string[];
}

/** A required check; `appId` is the "expected source", absent where any app may set it. */
export interface RequiredCheck {
  readonly context: string;
  readonly appId?: number;
}

export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly enforcement: 'active' | 'evaluate' | 'disabled';
  /** Full names or `~DEFAULT_BRANCH`, `~ALL`. */
  readonly branches: readonly string[];
  readonly requiredChecks: readonly RequiredCheck[];
  readonly createdAt: number;
}

export interface Protection {
  readonly requiredChecks: readonly RequiredCheck[];
  readonly strict: boolean;
  readonly requireConversationResolution: boolean;
}
