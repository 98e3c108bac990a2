import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { requestAction, rerequestRun } from '../actions/checks.ts';
import { createIssueComment } from '../actions/comments.ts';
import type { PullRequestIssue } from '../actions/pull-requests.ts';
import { findEntry } from '../git/tree.ts';
import type { PageHandler } from '../server.ts';
import type { Repository } from '../state.ts';
import { viewPullRequest } from '../view/pull-request-view.ts';
import { findAccount, findRepository, fullName, getAccount, type World } from '../world.ts';
import { layout, MARKS } from './layout.ts';
import { checksPage, conversationPage, filesPage } from './pull-request-pages.ts';

/** Pages that look enough like GitHub's to judge what a developer sees, with a comment box and the check's buttons. */
export function createPages(world: World): PageHandler {
  const app = new Hono();
  const pull = '/:owner/:name/pull/:number{[0-9]+}';
  app.get('/', (c) => c.html(overview(world)));
  app.get(pull, (c) =>
    withPull(c, world, (repository, issue) =>
      c.html(conversationPage(viewPullRequest(world, repository, issue), listPeople(world, repository, issue))),
    ),
  );
  app.get(`${pull}/checks`, (c) =>
    withPull(c, world, (repository, issue) =>
      c.html(checksPage(viewPullRequest(world, repository, issue), listPeople(world, repository, issue))),
    ),
  );
  app.get(`${pull}/files`, (c) =>
    withPull(c, world, (repository, issue) => c.html(filesPage(viewPullRequest(world, repository, issue)))),
  );
  app.post(`${pull}/comments`, (c) =>
    withPull(c, world, (repository, issue) => postComment(c, world, repository, issue)),
  );
  app.post(`${pull}/checks/:run{[0-9]+}/:button`, (c) =>
    withPull(c, world, (repository, issue) => pressButton(c, world, repository, issue)),
  );
  app.get('/:owner/:name/runs/:run{[0-9]+}', (c) => redirectToChecks(c, world));
  app.get('/:owner/:name/blob/:sha/:path{.+}', (c) => showFile(c, world));
  return (request) => Promise.resolve(app.fetch(request));
}

type Answer = Response | Promise<Response>;

function withPull(
  c: Context,
  world: World,
  answer: (repository: Repository, issue: PullRequestIssue) => Answer,
): Answer {
  const { owner = '', name = '', number } = c.req.param() as Record<string, string>;
  const repository = findRepository(world, owner, name);
  const issue = repository?.issues.get(Number(number));
  if (repository === undefined || issue?.pullRequest === undefined) return c.notFound();
  return answer(repository, issue as PullRequestIssue);
}

function overview(world: World) {
  const rows = [...world.repositories.values()].flatMap((repository) =>
    [...repository.issues.values()].flatMap((issue) => {
      if (issue.pullRequest === undefined) return [];
      const view = viewPullRequest(world, repository, issue as PullRequestIssue);
      const result = view.checks[0]?.conclusion ?? view.checks[0]?.status ?? 'none';
      return [
        html`<div class="row">
          <span class="mark ${result}">${MARKS[result] ?? '·'}</span>
          <span><a href="/${view.repository}/pull/${view.number}"><b>${view.title}</b></a><br /><span class="muted">${view.repository} #${view.number} by ${view.author} · ${view.checks[0]?.title ?? 'no check yet'}</span></span>
        </div>`,
      ];
    }),
  );
  return layout('Pull requests', html`<h1>Pull requests</h1><div class="box">${rows}</div>`);
}

/** Everybody who may speak here: the author first, then collaborators. */
function listPeople(world: World, repository: Repository, issue: PullRequestIssue): string[] {
  const ids = new Set([issue.authorId, ...repository.collaborators.keys()]);
  return [...ids].map((id) => getAccount(world, id).login);
}

async function postComment(
  c: Context,
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
): Promise<Response> {
  const { body, person } = await c.req.parseBody();
  const account = findAccount(world, String(person));
  if (account === undefined) return c.text('Nobody has this login.', 422);
  createIssueComment(world, repository, issue, { accountId: account.id }, String(body));
  return c.redirect(`/${fullName(world, repository)}/pull/${issue.number}`);
}

async function pressButton(
  c: Context,
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
): Promise<Response> {
  const { person } = await c.req.parseBody();
  const sender = findAccount(world, String(person));
  const run = repository.checkRuns.get(Number(c.req.param('run')));
  const button = c.req.param('button') ?? '';
  if (run === undefined || sender === undefined) return c.notFound();
  if (button === 're-run') rerequestRun(world, repository, run, sender.id);
  else requestAction(world, repository, run, button, sender.id);
  return c.redirect(`/${fullName(world, repository)}/pull/${issue.number}/checks`);
}

function redirectToChecks(c: Context, world: World): Answer {
  const { owner = '', name = '', run } = c.req.param() as Record<string, string>;
  const repository = findRepository(world, owner, name);
  const sha = repository?.checkRuns.get(Number(run))?.headSha;
  const issue = [...(repository?.issues.values() ?? [])].find((one) => one.pullRequest?.headSha === sha);
  return issue === undefined ? c.notFound() : c.redirect(`/${owner}/${name}/pull/${issue.number}/checks`);
}

function showFile(c: Context, world: World): Answer {
  const { owner = '', name = '', sha = '', path = '' } = c.req.param() as Record<string, string>;
  const repository = findRepository(world, owner, name);
  const commit = repository?.store.commits.get(repository.refs.get(`refs/heads/${sha}`) ?? sha);
  const entry = repository && commit ? findEntry(repository.store, commit.tree, path) : undefined;
  const data = repository?.store.blobs.get(entry?.sha ?? '');
  if (data === undefined) return c.notFound();
  const lines = data.toString().split('\n');
  const rows = lines.map(
    (line, index) => html`<tr id="L${index + 1}"><td class="no">${index + 1}</td><td>${line}</td></tr>`,
  );
  return c.html(layout(path, html`<h1>${path}</h1><div class="box"><table class="diff">${rows}</table></div>`));
}
