import type { Verdict } from '../review/verdict.ts';
import { summaryOf } from './check-run.ts';
import { checkRunDetails } from './check-run-details.ts';
import { blocks, heading, md } from './markdown.ts';
import type { ReportContext } from './report.ts';
import { titleOf } from './title.ts';

/** Limit of a job summary: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MAX_DETAILS_BYTES = 900_000;

/** A verdict as one Markdown page: for job summaries, files and pipes. */
export function markdownReport(verdict: Verdict, context: ReportContext): string {
  const page = blocks(
    heading(3, md`Sightline: ${titleOf(verdict)}`),
    summaryOf(verdict, context),
    checkRunDetails(verdict, context, MAX_DETAILS_BYTES),
  );
  return `${page}\n`;
}
