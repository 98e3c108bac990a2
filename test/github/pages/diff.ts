import { html } from 'hono/html';
import type { Annotation } from '../check-state.ts';
import type { ChangedFile } from '../git/patch.ts';
import type { ThreadView } from '../view/pull-request-view.ts';
import { commentBox } from './layout.ts';

type Html = ReturnType<typeof html>;

interface Line {
  readonly kind: 'hunk' | 'add' | 'del' | 'same';
  readonly left?: number;
  readonly right?: number;
  readonly text: string;
}

/** A file's diff with its review threads and annotations under their lines; what lies outside the diff comes first. */
export function diffBox(file: ChangedFile, threads: readonly ThreadView[], annotations: readonly Annotation[]): Html {
  const lines = file.patch === undefined ? [] : readPatch(file.patch);
  const shown = new Set(lines.flatMap((line) => (line.right === undefined ? [] : [line.right])));
  const loose = threads.filter((thread) => thread.line === undefined);
  const beside = annotations.filter((annotation) => !shown.has(annotation.end_line));
  const name = file.previousPath === undefined ? file.path : `${file.previousPath} → ${file.path}`;
  return html`<div class="box" id="${file.path}">
    <div class="head">
      <code>${name}</code> <span class="success">+${file.additions}</span> <span class="failure">−${file.deletions}</span>
      <span class="muted">${file.status}</span>
    </div>
    ${loose.length + beside.length === 0 ? '' : html`<div class="body">${loose.map(threadBox)}${beside.map(annotationBox)}</div>`}
    ${lines.length === 0 ? html`<div class="body"><p class="muted">No patch to show: binary, too large, or only renamed.</p></div>` : ''}
    <table class="diff">
      ${lines.map((line) => diffRows(line, threads, annotations))}
    </table>
  </div>`;
}

function readPatch(patch: string): Line[] {
  let [left, right] = [0, 0];
  return patch.split('\n').map((text): Line => {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (header !== null) {
      [left, right] = [Number(header[1]), Number(header[2])];
      return { kind: 'hunk', text };
    }
    if (text.startsWith('+')) return { kind: 'add', right: right++, text };
    if (text.startsWith('-')) return { kind: 'del', left: left++, text };
    if (text.startsWith('\\')) return { kind: 'hunk', text };
    return { kind: 'same', left: left++, right: right++, text };
  });
}

function diffRows(line: Line, threads: readonly ThreadView[], annotations: readonly Annotation[]): Html {
  const here = threads.filter(
    (thread) => thread.line !== undefined && (thread.side === 'LEFT' ? line.left : line.right) === thread.line,
  );
  const notes = annotations.filter((annotation) => annotation.end_line === line.right);
  const { right } = line;
  const hit = right !== undefined && annotations.some((one) => one.start_line <= right && one.end_line >= right);
  return html`<tr class="${line.kind} ${hit ? 'hit' : ''}"><td class="no">${line.left ?? ''}</td><td class="no">${line.right ?? ''}</td><td>${line.text}</td></tr>
    ${here.length + notes.length === 0 ? '' : html`<tr><td class="thread" colspan="3">${notes.map(annotationBox)}${here.map(threadBox)}</td></tr>`}`;
}

export function annotationBox(annotation: Annotation): Html {
  const { path, start_line, end_line, annotation_level, title, message } = annotation;
  const range = start_line === end_line ? `${start_line}` : `${start_line}–${end_line}`;
  return html`<div class="annotation ${annotation_level}">
    <b>${title ?? annotation_level}</b> <span class="muted">${path} ${range}</span>
    <p>${message}</p>
  </div>`;
}

/** A thread without its code. */
export function threadBox(thread: ThreadView): Html {
  const notes = [
    ...(thread.line === undefined && !thread.outdated ? ['on the file'] : []),
    ...(thread.outdated ? ['outdated'] : []),
    ...(thread.resolved ? ['resolved'] : []),
  ];
  return html`<div class="${thread.resolved ? 'resolved' : ''}">${thread.comments.map((comment) => commentBox(comment, notes.join(', ')))}</div>`;
}

/** The last lines of code above a thread's anchor, as the conversation shows them. */
export function snippet(file: ChangedFile | undefined, thread: ThreadView): Html | string {
  const { line, side } = thread;
  if (file?.patch === undefined || line === undefined) return '';
  const lines = readPatch(file.patch);
  const from = (thread.startLine ?? line) - 3;
  const near = lines.filter((one) => {
    const number = side === 'LEFT' ? one.left : one.right;
    return number !== undefined && number >= from && number <= line;
  });
  return html`<table class="diff">${near.map((one) => diffRows(one, [], []))}</table>`;
}
