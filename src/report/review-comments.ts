import { anchorWithin, parseHunks } from '../review/hunks.ts';
import type { FileChange } from '../review/repository-state.ts';
import type { Suggestion, Verdict } from '../review/verdict.ts';
import { findingComment } from './finding-markdown.ts';
import { type FindingGroup, groupFindings } from './group-findings.ts';
import { blocks, codeBlock, md } from './markdown.ts';
import { openFindings } from './phrases.ts';
import type { ReportContext, ReviewCommentReport } from './report.ts';

export interface CommentOptions extends ReportContext {
  readonly changes: readonly FileChange[];
  /** Whether exact fixes are offered as `suggestion` blocks. */
  readonly suggestions: boolean;
}

/**
 * The comments that a pull request should have: one for each matter that the change brings, on the lines that show it or on the file; none where the
 * file is not part of the change. What only informs gets none.
 */
export function reviewComments(verdict: Verdict, options: CommentOptions): readonly ReviewCommentReport[] {
  const open = openFindings(verdict).filter(({ level }) => level !== 'inform');
  const changes = new Map(options.changes.map((change) => [change.path, change]));
  return groupFindings(open).flatMap((group) => commentFor(group, changes, options) ?? []);
}

function commentFor(
  group: FindingGroup,
  changes: ReadonlyMap<string, FileChange>,
  options: CommentOptions,
): ReviewCommentReport | undefined {
  const { first, fingerprint } = group;
  const offer = options.suggestions && first.suggestion !== undefined ? suggest(first.suggestion, changes) : undefined;
  if (offer !== undefined) {
    return { fingerprint, ...offer.anchor, body: blocks(findingComment(group, options), ...offer.body).toString() };
  }
  const body = findingComment(group, options).toString();
  const places = [...group.findings.flatMap(({ place }) => place ?? []), ...first.related];
  for (const { path, range } of places) {
    const anchor = anchorAt(path, range.startLine, range.endLine, changes);
    if (anchor !== undefined) return { fingerprint, ...anchor, body };
  }
  const file = places.find(({ path }) => changes.has(path) && changes.get(path)?.status !== 'removed');
  return file === undefined ? undefined : { fingerprint, path: file.path, body };
}

/** A long range (a whole document) is shown at its first line: nobody reads a comment under fifty lines. */
const MAX_LINES = 10;

function anchorAt(path: string, startLine: number, endLine: number, changes: ReadonlyMap<string, FileChange>) {
  const patch = changes.get(path)?.patch;
  if (patch === undefined) return undefined;
  const last = endLine - startLine >= MAX_LINES ? startLine : endLine;
  const anchor = anchorWithin(parseHunks(patch), startLine, last);
  if (anchor === undefined) return undefined;
  const { line, startLine: first } = anchor;
  return first < line ? { path, line, startLine: first } : { path, line };
}

/** A suggestion replaces exactly the lines that it is anchored to, so that all of them have to be in the diff. */
function suggest({ path, range, wholeLines }: Suggestion, changes: ReadonlyMap<string, FileChange>) {
  const anchor = anchorAt(path, range.startLine, range.endLine, changes);
  const lines = range.endLine - range.startLine + 1;
  if (
    anchor === undefined ||
    anchor.line !== range.endLine ||
    anchor.line - (anchor.startLine ?? anchor.line) + 1 !== lines
  )
    return undefined;
  return { anchor, body: [md`An exact fix:`, codeBlock(wholeLines, 'suggestion')] };
}
