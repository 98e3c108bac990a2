import type { CheckRunReport } from '../report/report.ts';
import { CHECK_NAME } from './check-run-identity.ts';

/** Says in the run that a check of our name was made by somebody else. */
export function withForeignApps(report: CheckRunReport, apps: readonly string[]): CheckRunReport {
  if (apps.length === 0) return report;
  // GitHub's slugs are of letters, digits and hyphens; nothing else is let through.
  const names = apps.map((slug) => `\`${slug.replaceAll(/[^a-z0-9-]/gi, '')}\``).join(', ');
  const why =
    `A check named \`${CHECK_NAME}\` was also set on this commit by ${names}. Only the one by this app is real. ` +
    `Pin the required check to this app in the branch protection or ruleset ("expected source").`;
  return { ...report, summary: inFront('WARNING', why, report.summary) };
}

/** Says in the run that GitHub refuses review comments, so that nobody waits for them. */
export function withoutComments(report: CheckRunReport): CheckRunReport {
  const why =
    `GitHub refused the review comments on this pull request, so the findings are told here only. ` +
    `Is its conversation locked, or may the app not write to pull requests? Mend that, then press "Re-run".`;
  return { ...report, summary: inFront('WARNING', why, report.summary) };
}

/** Limit of a summary, in characters: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const MAX_SUMMARY = 65_535;

/** A summary with a note in front of it, cut to the limit. */
export function inFront(kind: 'IMPORTANT' | 'WARNING', why: string, summary: string): string {
  return `> [!${kind}]\n> ${why}\n\n${summary}`.slice(0, MAX_SUMMARY);
}
