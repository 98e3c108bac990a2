/** What an event of this kind makes dirty; each name is a reader in `event-marks.ts`. */
export type Marker =
  | 'pull_request'
  | 'retargeted'
  | 'comment'
  | 'check_run'
  | 'foreign_check_run'
  | 'check_suite'
  | 'merge_group'
  | 'push'
  | 'installation'
  | 'added_repositories'
  | 'repository';

/** One row of the event table. */
export interface EventRule {
  /** The webhook event's name, as in `X-GitHub-Event`. */
  readonly event: string;
  /** The actions that count; empty for events that have none. */
  readonly actions: readonly string[];
  readonly marks: Marker;
  /** Which hint is left for the worker beside the mark. */
  readonly hint?: 'issue_comment' | 'review_comment' | 'requested_action' | 'pushed';
  readonly why: string;
}

/**
 * Which webhook means that something may have changed. Whatever is not in the table is counted and ignored: GitHub adds
 * events and actions at any time. https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export const EVENT_TABLE: readonly EventRule[] = [
  {
    event: 'pull_request',
    actions: ['synchronize'],
    marks: 'pull_request',
    hint: 'pushed',
    why: 'there is a new head to judge, and whoever pushed it may not approve overrides on it',
  },
  {
    event: 'pull_request',
    actions: ['opened', 'reopened', 'ready_for_review', 'converted_to_draft', 'closed'],
    marks: 'pull_request',
    why: 'there is a head to judge again, or none any more',
  },
  {
    event: 'pull_request',
    actions: ['edited'],
    marks: 'retargeted',
    why: 'another base branch brings another configuration and other policies',
  },
  {
    event: 'issue_comment',
    actions: ['created', 'edited', 'deleted'],
    marks: 'comment',
    hint: 'issue_comment',
    why: 'commands are given in comments, and an edit or deletion voids what a comment caused',
  },
  {
    event: 'pull_request_review_comment',
    actions: ['created', 'edited', 'deleted'],
    marks: 'comment',
    hint: 'review_comment',
    why: "commands are given in replies to a finding's thread as well",
  },
  {
    event: 'check_run',
    actions: ['rerequested'],
    marks: 'check_run',
    why: 'somebody asked to run our check again',
  },
  {
    event: 'check_run',
    actions: ['requested_action'],
    marks: 'check_run',
    hint: 'requested_action',
    why: "somebody pressed one of our check run's buttons",
  },
  {
    event: 'check_run',
    actions: ['created'],
    marks: 'foreign_check_run',
    why: 'another app used the name of our check; people must be told that it is not ours',
  },
  {
    event: 'check_suite',
    actions: ['rerequested'],
    marks: 'check_suite',
    why: 'somebody asked to run all checks of a commit again',
  },
  {
    event: 'merge_group',
    actions: ['checks_requested'],
    marks: 'merge_group',
    why: 'the merge queue waits for our check on the commit that it built',
  },
  {
    event: 'push',
    actions: [],
    marks: 'push',
    why: 'configuration and policies are read from the base branch',
  },
  {
    event: 'installation',
    actions: ['created', 'unsuspend', 'new_permissions_accepted'],
    marks: 'installation',
    why: 'pull requests that were open before the app could see them are judged too',
  },
  {
    event: 'installation_repositories',
    actions: ['added'],
    marks: 'added_repositories',
    why: 'pull requests that were open before the app could see them are judged too',
  },
  {
    event: 'repository',
    actions: ['renamed', 'transferred', 'deleted', 'unarchived'],
    marks: 'repository',
    why: 'names are forgotten and work of a deleted repository ends',
  },
  {
    event: 'branch_protection_rule',
    actions: ['created', 'edited', 'deleted'],
    marks: 'repository',
    why: 'a check that was just made required must be there for every open pull request',
  },
];
