import { POLICIES_FOLDER } from '../configuration/configuration-path.ts';

/**
 * The GraphQL documents, each checked by a test against GitHub's published schema.
 * https://docs.github.com/en/graphql/reference
 */

/** At most 100 by https://docs.github.com/en/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit */
export const THREADS_PER_PAGE = 50;

/** More replies are not read: whoever finds so many in a thread leaves it alone. */
export const COMMENTS_PER_THREAD = 10;

/** Runs and pull requests that one page takes; further pages are asked for by themselves. */
const PER_PAGE = 100;

const CHECK_RUNS = `
fragment CheckRuns on CheckRunConnection {
  pageInfo { hasNextPage endCursor }
  nodes { databaseId resourcePath externalId status conclusion startedAt annotations(first: 1) { totalCount } }
}`;

const SAME_HEAD = `
fragment SameHead on PullRequestConnection {
  pageInfo { hasNextPage endCursor }
  nodes { number state headRefOid repository { databaseId } }
}`;

/**
 * Our own runs are asked for by our id: whoever floods a commit with checks of our name must not push them off the page. Of the others
 * only who made them is looked at.
 */
const CHECKS = `
fragment Checks on Commit {
  oid
  tree { oid }
  associatedPullRequests(first: ${PER_PAGE}) { ...SameHead }
  ownSuites: checkSuites(first: 5, filterBy: { appId: $appId, checkName: $checkName }) {
    nodes { id checkRuns(first: ${PER_PAGE}, filterBy: { checkName: $checkName, checkType: ALL }) { ...CheckRuns } }
  }
  checkSuites(first: 50, filterBy: { checkName: $checkName }) { nodes { app { databaseId slug } } }
}
${CHECK_RUNS}
${SAME_HEAD}`;

const THREADS = `
fragment Threads on PullRequestReviewThreadConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id
    isResolved
    comments(first: ${COMMENTS_PER_THREAD}) {
      totalCount
      nodes { fullDatabaseId viewerDidAuthor author { __typename login } body path }
    }
  }
}`;

/**
 * The configuration with its mode, so that a symbolic link is not taken for a file, and the folder of policies, so that nobody asks
 * for one that is not there.
 */
const CONFIGURATION_FILE = `file(path: $configurationPath) { oid mode type object { ... on Blob { text isTruncated } } }
      folder: file(path: "${POLICIES_FOLDER}") { oid type }`;

/**
 * Everything that an evaluation needs to know about a pull request's present state, in one request: its head as the base
 * repository has it (`refs/pull/N/head`, so that forks need no access), our check runs on it and those that use our name,
 * other pull requests of that head, the base branch's tip with its configuration, the threads, the organisation's configuration.
 */
export const PULL_REQUEST_STATE = `
query PullRequestState(
  $owner: String!, $name: String!, $number: Int!, $headRef: String!, $appId: Int!, $checkName: String!,
  $configurationPath: String!
) {
  repository(owner: $owner, name: $name) {
    databaseId
    nameWithOwner
    isPrivate
    pullRequest(number: $number) {
      state
      isDraft
      changedFiles
      headRefOid
      baseRefName
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      baseRef { target { oid ... on Commit { tree { oid } ${CONFIGURATION_FILE} } } }
      reviewThreads(first: ${THREADS_PER_PAGE}) { ...Threads }
    }
    head: object(expression: $headRef) { ... on Commit { ...Checks } }
  }
  organisation: repository(owner: $owner, name: ".github") {
    nameWithOwner
    defaultBranchRef { target { oid ... on Commit { tree { oid } ${CONFIGURATION_FILE} } } }
  }
}
${CHECKS}
${THREADS}`;

/** The state of a commit that is no pull request's head: a merge group's, or a head that has just moved. */
export const COMMIT_STATE = `
query CommitState(
  $owner: String!, $name: String!, $head: GitObjectID!, $base: GitObjectID!, $appId: Int!, $checkName: String!,
  $configurationPath: String!
) {
  repository(owner: $owner, name: $name) {
    databaseId
    nameWithOwner
    isPrivate
    head: object(oid: $head) { ... on Commit { ...Checks } }
    base: object(oid: $base) { ... on Commit { oid tree { oid } ${CONFIGURATION_FILE} } }
  }
  organisation: repository(owner: $owner, name: ".github") {
    nameWithOwner
    defaultBranchRef { target { oid ... on Commit { tree { oid } ${CONFIGURATION_FILE} } } }
  }
}
${CHECKS}`;

/** Further pull requests of a commit. */
export const MORE_SAME_HEAD = `
query MoreSameHead($owner: String!, $name: String!, $oid: GitObjectID!, $after: String!) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) { ... on Commit { associatedPullRequests(first: ${PER_PAGE}, after: $after) { ...SameHead } } }
  }
}
${SAME_HEAD}`;

/** Further runs of our suite of a commit. */
export const MORE_CHECK_RUNS = `
query MoreCheckRuns($suite: ID!, $checkName: String!, $after: String!) {
  node(id: $suite) {
    ... on CheckSuite {
      checkRuns(first: ${PER_PAGE}, after: $after, filterBy: { checkName: $checkName, checkType: ALL }) { ...CheckRuns }
    }
  }
}
${CHECK_RUNS}`;

/** The default branch with its configuration, and who we are. */
export const DEFAULT_BRANCH = `
query DefaultBranch($owner: String!, $name: String!, $configurationPath: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    databaseId
    nameWithOwner
    isPrivate
    defaultBranchRef { target { oid ... on Commit { tree { oid } ${CONFIGURATION_FILE} } } }
  }
  organisation: repository(owner: $owner, name: ".github") {
    nameWithOwner
    defaultBranchRef { target { oid ... on Commit { tree { oid } ${CONFIGURATION_FILE} } } }
  }
}`;

/** Further threads of a pull request. */
export const MORE_THREADS = `
query MoreThreads($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { reviewThreads(first: ${THREADS_PER_PAGE}, after: $after) { ...Threads } }
  }
}
${THREADS}`;

/** More open pull requests of one repository are listed by themselves. */
export const OPEN_PER_REPOSITORY = 50;

/** The open pull requests of up to a hundred repositories, by their node ids, and what a merge queue makes of them. */
export const OPEN_PULL_REQUESTS = `
query OpenPullRequests($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      databaseId
      pullRequests(states: OPEN, first: ${OPEN_PER_REPOSITORY}) {
        totalCount
        nodes {
          number
          headRefOid
          baseRefName
          mergeQueueEntry { headCommit { oid } baseCommit { oid } }
        }
      }
    }
  }
}`;

/** Everybody who had a hand in the commits of a pull request; `authors` has co-authors too. */
export const PULL_REQUEST_COMMITS = `
query PullRequestCommits($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefName
      headRepository { nameWithOwner }
      commits(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit {
            authors(first: 100) { totalCount nodes { user { databaseId } } }
            committer { user { databaseId } }
          }
        }
      }
    }
  }
}`;

/** Resolves a thread of ours whose finding is fixed. */
export const RESOLVE_THREAD = `
mutation ResolveThread($threadId: ID!) {
  resolveReviewThread(input: { threadId: $threadId }) { thread { id isResolved } }
}`;

/** Opens a thread of ours again whose finding has come back. */
export const UNRESOLVE_THREAD = `
mutation UnresolveThread($threadId: ID!) {
  unresolveReviewThread(input: { threadId: $threadId }) { thread { id isResolved } }
}`;

/** Asks for the contents of `count` blobs at once: variables `o0`, `o1`, …, answers `b0`, `b1`, … */
export function blobsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `$o${index}: GitObjectID!`).join(', ');
  const blobs = numbers.map((index) => `b${index}: object(oid: $o${index}) { ...Content }`).join('\n    ');
  return `
query Blobs($owner: String!, $name: String!, ${variables}) {
  repository(owner: $owner, name: $name) {
    ${blobs}
  }
}
fragment Content on Blob { oid byteSize isBinary isTruncated text }`;
}
