interface Allowance {
  /** An operation's id or a webhook's name; `*`: all. */
  readonly where: string;
  readonly problem: RegExp;
  readonly why: string;
}

/** Where GitHub itself differs from its description. Each entry says how that is known. */
const ALLOWANCES: readonly Allowance[] = [
  {
    where: 'apps/list-installations',
    problem:
      /^body\/\d+\/account must (have required property '(name|slug|created_at|updated_at)'|be null)|(account|suspended_by)\/user_view_type is unknown|client_id is unknown/,
    why: "The list's own schema demands that an account is a user and an enterprise at once; `installation` in the same description says one of both, and knows `client_id` and `user_view_type`.",
  },
  {
    where: 'apps/list-installations',
    problem: /\/permissions\/merge_queues is unknown/,
    why: 'The same list spells permissions out and leaves "Merge queues" away, which `app-permissions` of the same description has.',
  },
  {
    where: '*',
    problem: /\/(app|performed_via_github_app)\/events\/\d+ must be equal to one of the allowed values/,
    why: "Some payloads spell an app's events out, each with a list of its own, and leave `merge_group` away, which apps can subscribe to.",
  },
  {
    where: '*',
    problem:
      /^(body(\/\d+)?|payload\/comment|payload\/thread\/comments\/\d+)\/(line|position|original_line) must be integer$/,
    why: 'GitHub answers null for a review comment whose line has gone or that is on a whole file; the webhooks that say so (a comment created, a thread resolved) allow it, their counterparts (edited, unresolved) leave it out.',
  },
];

/** Whether a contract problem is one that GitHub's own answers have. */
export function allowed(where: string, problem: string): boolean {
  return ALLOWANCES.some((entry) => (entry.where === '*' || entry.where === where) && entry.problem.test(problem));
}
