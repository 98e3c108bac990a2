import type { ReviewCommentReport } from '../report/report.ts';
import { parseHunks } from '../review/hunks.ts';
import type { FileChange } from '../review/repository-state.ts';

/** Where a comment can stand: on lines that the diff shows, on a changed file as a whole, or nowhere in this pull request. */
export type Anchor =
  | { readonly kind: 'line'; readonly line: number; readonly startLine?: number }
  | { readonly kind: 'file' }
  | { readonly kind: 'none' };

/**
 * Where GitHub will accept a comment. Lines must lie within one hunk, on the new side; one that does not costs the whole review
 * (422): https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request
 */
export function anchorOf(comment: ReviewCommentReport, changes: ReadonlyMap<string, FileChange>): Anchor {
  const change = changes.get(comment.path);
  if (!change || change.status === 'unchanged') return { kind: 'none' };
  const { line, startLine = line } = comment;
  if (line === undefined || startLine === undefined || change.patch === undefined) return { kind: 'file' };
  const hunk = parseHunks(change.patch).find(({ lines }) => {
    const shown = new Set(lines.flatMap(({ newLine }) => newLine ?? []));
    return shown.has(startLine) && shown.has(line);
  });
  if (!hunk) return { kind: 'file' };
  return startLine < line ? { kind: 'line', line, startLine } : { kind: 'line', line };
}
