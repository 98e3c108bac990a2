import { html } from 'hono/html';
import type { CheckView, PullRequestView } from '../view/pull-request-view.ts';
import { annotationBox, diffBox, snippet, threadBox } from './diff.ts';
import { commentBox, MARKS, pathOf, pullRequestLayout } from './layout.ts';
import { renderMarkdown } from './markdown.ts';

type Html = ReturnType<typeof html>;

/** The conversation tab: description, reviews with their threads, comments, and the box with the checks. */
export function conversationPage(view: PullRequestView, people: readonly string[]): Html {
  const description = {
    author: view.author,
    body: view.body === '' ? '*No description provided.*' : view.body,
    reactions: [],
  };
  const files = new Map(view.files.map((file) => [file.path, file]));
  return pullRequestLayout(
    view,
    'conversation',
    html`${commentBox(description, 'opened this')}
      ${view.reviews.map((review) => commentBox(review, `reviewed: ${review.state.toLowerCase()}`))}
      ${view.threads.map(
        (thread) => html`<div class="box">
          <div class="head"><code>${thread.path}</code></div>
          ${snippet(files.get(thread.path), thread)}
          <div class="body">${threadBox(thread)}</div>
        </div>`,
      )}
      ${view.conversation.map((comment) => commentBox(comment))}
      <div class="box">
        ${view.checks.length === 0 ? html`<div class="row muted">No checks have run on this commit.</div>` : view.checks.map((check) => checkRow(view, check))}
      </div>
      <form method="post" action="${pathOf(view)}/comments">
        <textarea name="body" placeholder="Leave a comment" required></textarea>
        <p>${personSelect(people)} <button>Comment</button></p>
      </form>`,
  );
}

function checkRow(view: PullRequestView, check: CheckView): Html {
  const result = check.conclusion ?? check.status;
  return html`<div class="row">
    <span class="mark ${result}">${MARKS[result] ?? '·'}</span>
    <span><b>${check.name}</b> <span class="muted">${check.title ?? result}</span></span>
    <a href="${pathOf(view)}/checks">Details</a>
  </div>`;
}

function personSelect(people: readonly string[]): Html {
  return html`as <select name="person">${people.map((login) => html`<option>${login}</option>`)}</select>`;
}

/** The checks tab: each check's summary as Markdown, its annotations and its buttons. */
export function checksPage(view: PullRequestView, people: readonly string[]): Html {
  return pullRequestLayout(view, 'checks', html`${view.checks.map((check) => checkBox(view, check, people))}`);
}

function checkBox(view: PullRequestView, check: CheckView, people: readonly string[]): Html {
  const result = check.conclusion ?? check.status;
  const button = (identifier: string, label: string) =>
    html`<form class="inline" method="post" action="${pathOf(view)}/checks/${check.id}/${identifier}">
      <input type="hidden" name="person" value="${people[0] ?? ''}" /><button>${label}</button>
    </form>`;
  return html`<div class="box">
    <div class="head">
      <span class="mark ${result}">${MARKS[result] ?? '·'}</span> <b>${check.app} / ${check.name}</b>
      <span class="${result}">${result.replace('_', ' ')}</span>
    </div>
    <div class="body md">
      ${check.title === null ? '' : html`<h2>${check.title}</h2>`}
      ${check.summary === null ? '' : renderMarkdown(check.summary)} ${check.text === null ? '' : renderMarkdown(check.text)}
    </div>
    ${check.annotations.length === 0 ? '' : html`<div class="body"><h3>Annotations</h3>${check.annotations.map(annotationBox)}</div>`}
    <div class="row">
      ${check.status === 'completed' ? check.actions.map((action) => button(action.identifier, action.label)) : ''}
      ${button('re-run', 'Re-run')}
    </div>
  </div>`;
}

/** The files tab: the diff with threads and annotations in place. */
export function filesPage(view: PullRequestView): Html {
  const annotations = view.checks.flatMap((check) => check.annotations);
  const changed = new Set(view.files.map((file) => file.path));
  const elsewhere = annotations.filter((annotation) => !changed.has(annotation.path));
  return pullRequestLayout(
    view,
    'files',
    html`${view.files.map((file) =>
      diffBox(
        file,
        view.threads.filter((thread) => thread.path === file.path),
        annotations.filter((annotation) => annotation.path === file.path),
      ),
    )}
    ${elsewhere.length === 0 ? '' : html`<div class="box"><div class="head">Annotations in files that did not change</div><div class="body">${elsewhere.map(annotationBox)}</div></div>`}`,
  );
}
