interface Allowance {
  /** An operation's id or a webhook's name; `*`: all. */
  readonly where: string;
  readonly problem: RegExp;
  readonly why: string;
}

/** Where GitHub itself differs from its description. Each entry says how that is known. */
const ALLOWANCES: readonly Allowance[] = [];

/** Whether a contract problem is one that GitHub's own answers have. */
export function allowed(where: string, problem: string): boolean {
  return ALLOWANCES.some((entry) => (entry.where === '*' || entry.where === where) && entry.problem.test(problem));
}
