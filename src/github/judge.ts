import type { Configuration } from '../configuration/configuration.ts';
import type { Override } from '../override/override.ts';
import type { CheckRunReport, ReviewCommentReport } from '../report/report.ts';
import type { CommentOptions } from '../report/review-comments.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Texts of the two places that configuration is read from; absent: there is none. */
export interface ConfigurationTexts {
  readonly organisation?: string;
  readonly repository?: string;
}

/** What a change is judged by: the base branch's configuration over the organisation's, and the policies of both. */
export interface Basis {
  readonly texts: ConfigurationTexts;
  readonly configuration: Configuration;
  /** Custom policies of the base branch by path. */
  readonly packs: ReadonlyMap<string, string>;
  /** Custom policies of the organisation's repository by path. */
  readonly organisationPacks: ReadonlyMap<string, string>;
}

/** The pure rooms as the GitHub side calls them: facts in, verdict out, and what is said of it. */
export interface Judge {
  /** Changes with everything shipped that can change a verdict or its words. */
  readonly version: string;
  /** The configuration in force, with defaults; never throws, what is wrong with it is the review's business. */
  configure(texts: ConfigurationTexts): Configuration;
  /**
   * @param on day of the evaluation, ISO
   * @param overrides those in force
   */
  review(basis: Basis, snapshot: Snapshot, on: string, overrides: readonly Override[]): Verdict;
  /** Who answers for which use case (by id), as a branch's declarations say; `documents`: texts by path. */
  ownersOf(documents: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]>;
  /** The next day (ISO) after `on` from which the same change may be judged otherwise; undefined where none is known. */
  nextDay(basis: Basis, on: string): string | undefined;
  /** A verdict that says that nothing could be judged, and why. */
  unjudged(head: string, base: string, on: string, reason: string): Verdict;
  report(
    verdict: Verdict,
    options: CommentOptions,
  ): {
    readonly checkRun: CheckRunReport;
    readonly comments: readonly ReviewCommentReport[];
  };
}
