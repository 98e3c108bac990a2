import type { Range } from '../document/place.ts';

/** A check run's content, within GitHub's limits; what is neutralised is neutralised here. */
export interface CheckRunReport {
  readonly conclusion: 'success' | 'failure' | 'action_required';
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  /** At most 100, ordered worst first; the rest is counted in `summary`. Published in batches of 50. */
  readonly annotations: readonly Annotation[];
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface Annotation {
  readonly path: string;
  readonly range: Range;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** One review comment to have on the pull request; `line` absent: a comment on the whole file. */
export interface ReviewCommentReport {
  /** Of the finding; identifies the comment over pushes, by a hidden marker. */
  readonly fingerprint: string;
  readonly path: string;
  readonly line?: number;
  readonly startLine?: number;
  readonly body: string;
}

/** Where a report is read, as far as it matters to what it says. */
export interface ReportContext {
  /** Address (https) of a file of the head, and of a line in it where one is given; absent where there is none to link to. */
  readonly fileUrl?: (path: string, line?: number) => string;
  /** Whether overrides can be asked for in comments here; elsewhere the report says where. */
  readonly hasDialogue: boolean;
}
