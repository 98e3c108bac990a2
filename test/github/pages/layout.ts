import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import type { CommentView, PullRequestView } from '../view/pull-request-view.ts';
import { renderMarkdown } from './markdown.ts';

const style = ['style.css', 'markdown.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('');

type Html = ReturnType<typeof html>;

const EMOJI: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
};

export const MARKS: Readonly<Record<string, string>> = {
  success: '✓',
  failure: '✕',
  action_required: '!',
  neutral: '◻',
  in_progress: '●',
  queued: '○',
};

/** A whole page; `refresh` reloads it every second, while something is still going on. */
export function layout(title: string, body: Html, refresh = false): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        ${refresh ? html`<meta http-equiv="refresh" content="1" />` : ''}
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="top"><a href="/"><b>Local GitHub</b></a> <span class="muted">a stand-in for tests and demonstrations</span></header>
        <main>${body}</main>
      </body>
    </html>`;
}

export type Tab = 'conversation' | 'checks' | 'files';

/** The frame of a pull request's pages: title, state, tabs. */
export function pullRequestLayout(view: PullRequestView, tab: Tab, body: Html): Html {
  const path = pathOf(view);
  const running = view.checks.some((check) => check.status !== 'completed');
  const link = (name: Tab, label: string, count: number, suffix: string) =>
    html`<a href="${path}${suffix}" ${name === tab ? raw('aria-current="page"') : ''}>${label} <span class="count">${count}</span></a>`;
  const talk = view.conversation.length + view.reviews.length + view.threads.length;
  return layout(
    `${view.title} · ${view.repository} #${view.number}`,
    html`<p class="muted"><a href="/">${view.repository}</a></p>
      <h1>${view.title} <span class="number">#${view.number}</span></h1>
      <p>
        <span class="badge ${view.state}">${view.state}</span>
        <span class="muted"><b>${view.author}</b> wants to merge ${view.commits} commit${view.commits === 1 ? '' : 's'} into <code>${view.base}</code> from <code>${view.head}</code></span>
      </p>
      <nav class="tabs">
        ${link('conversation', 'Conversation', talk, '')} ${link('checks', 'Checks', view.checks.length, '/checks')}
        ${link('files', 'Files changed', view.files.length, '/files')}
      </nav>
      ${body}`,
    running,
  );
}

export function pathOf(view: PullRequestView): string {
  return `/${view.repository}/pull/${view.number}`;
}

/** A comment in its box. */
export function commentBox(comment: CommentView, note: string | Html = ''): Html {
  const isBot = comment.author.endsWith('[bot]');
  const name = comment.author.replace('[bot]', '');
  return html`<div class="box ${isBot ? '' : 'person'}">
    <div class="head"><b>${name}</b> ${isBot ? html`<span class="bot">bot</span>` : ''} <span class="muted">${note}</span></div>
    <div class="body md">
      ${comment.minimised === undefined ? renderMarkdown(comment.body) : html`<p class="muted">This comment was marked as ${comment.minimised}.</p>`}
      ${comment.reactions.length === 0 ? '' : html`<p class="reactions">${comment.reactions.map((content) => html`<span>${EMOJI[content]}</span>`)}</p>`}
    </div>
  </div>`;
}
