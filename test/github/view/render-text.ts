import type { ChangedFile } from '../git/patch.ts';
import type { CheckView, CommentView, PullRequestView, ThreadView } from './pull-request-view.ts';
import { RAW, type Style } from './style.ts';

/** Lines of code shown above a comment. */
const CONTEXT_LINES = 3;

const MARKS: Readonly<Record<string, string>> = { success: '✓', failure: '✗', action_required: '!', neutral: '–' };

/** What a developer sees of a pull request, as text: checks with summary and annotations, comments under their lines, conversation. */
export function renderText(view: PullRequestView, style: Style = RAW): string {
  const { repository, number, title, author, commits, base, head, state } = view;
  const lines = [
    style.strong(`${repository} #${number}: ${title}`),
    style.faint(
      `${author} wants to merge ${commits} commit${commits === 1 ? '' : 's'} into ${base} from ${head} (${state})`,
    ),
    ...view.checks.flatMap((check) => ['', ...renderCheck(check, style)]),
    ...view.reviews.flatMap((review) => [
      '',
      `── review by ${review.author}: ${review.state.toLowerCase()}`,
      ...quote(review.body, style),
    ]),
    ...view.threads.flatMap((thread) => ['', ...renderThread(thread, view.files, style)]),
    ...view.conversation.flatMap((comment) => ['', ...renderComment(comment, style)]),
  ];
  return `${lines.join('\n')}\n`;
}

function renderCheck(check: CheckView, style: Style): string[] {
  const result = check.conclusion ?? check.status;
  const paint = result === 'success' ? style.good : style.bad;
  const annotations = check.annotations.flatMap((annotation) => {
    const { path, start_line, end_line, annotation_level, title, message } = annotation;
    const range = start_line === end_line ? String(start_line) : `${start_line}-${end_line}`;
    return [
      `   ${path}:${range}  ${annotation_level}${title === undefined ? '' : `: ${title}`}`,
      ...style.text(message).map((line) => `      ${line}`.trimEnd()),
    ];
  });
  return [
    paint(`${MARKS[result] ?? '·'} check ${check.name}: ${result}`),
    `  ${style.strong(check.title ?? '')}`,
    ...(check.summary === null ? [] : ['', ...quote(check.summary, style)]),
    ...(check.text === null || check.text === '' ? [] : ['', ...quote(check.text, style)]),
    ...(annotations.length > 0 ? ['', '  annotations', ...annotations] : []),
    ...(check.actions.length > 0 ? ['', `  ${check.actions.map((action) => `[ ${action.label} ]`).join(' ')}`] : []),
  ];
}

function renderThread(thread: ThreadView, files: readonly ChangedFile[], style: Style): string[] {
  const { path, line, startLine } = thread;
  const range = line === undefined ? '' : startLine === undefined ? `:${line}` : `:${startLine}-${line}`;
  const notes = [...(thread.resolved ? ['resolved'] : []), ...(thread.outdated ? ['outdated'] : [])];
  const title = `── ${path}${range}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  const patch = files.find((file) => file.path === path)?.patch;
  const code =
    line === undefined || patch === undefined ? [] : showLines(patch, thread.side, startLine ?? line, line, style);
  return [style.strong(title), ...code, ...thread.comments.flatMap((comment) => renderComment(comment, style))];
}

function showLines(patch: string, side: 'LEFT' | 'RIGHT', from: number, to: number, style: Style): string[] {
  const shown: string[] = [];
  let [left, right] = [0, 0];
  for (const text of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (header !== null) {
      [left, right] = [Number(header[1]), Number(header[2])];
      continue;
    }
    const number = side === 'LEFT' ? left : right;
    const onSide = side === 'LEFT' ? !text.startsWith('+') : !text.startsWith('-');
    if (onSide && number > from - CONTEXT_LINES - 1 && number <= to) {
      const paint = text.startsWith('+') ? style.good : text.startsWith('-') ? style.bad : style.faint;
      shown.push(paint(`${String(number).padStart(5)} ${text}`));
    }
    if (!text.startsWith('+')) left += 1;
    if (!text.startsWith('-')) right += 1;
  }
  return shown;
}

function renderComment(comment: CommentView, style: Style): string[] {
  const reactions = comment.reactions.length > 0 ? `  [${comment.reactions.join(' ')}]` : '';
  const note = comment.minimised === undefined ? '' : ` (hidden: ${comment.minimised})`;
  return [`  ${style.strong(comment.author)}${note}${reactions}`, ...quote(comment.body, style)];
}

function quote(body: string, style: Style): string[] {
  return style.markdown(body).map((line) => `  │ ${line}`.trimEnd());
}
