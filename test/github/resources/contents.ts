import { type FileEntry, findEntry } from '../git/tree.ts';
import { api, page } from '../render/common.ts';
import { notFound, notImplemented, ok, Refusal, type Reply } from '../reply.ts';
import { type Call, type Route, reads, repositoryOf, textOf } from '../route.ts';
import { fullName, resolveCommit } from '../world.ts';

/** Above 1 MB only the raw media type, above 100 MB nothing; 1,000 entries of a directory: https://docs.github.com/en/rest/repos/contents#get-repository-content */
const MAX_JSON_BYTES = 1024 * 1024;
const MAX_RAW_BYTES = 100 * 1024 * 1024;
const MAX_DIRECTORY_ENTRIES = 1000;

function getContent(call: Call): Reply {
  const repository = repositoryOf(call);
  const commit = resolveCommit(repository, call.query.ref ?? repository.defaultBranch);
  if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${call.query.ref}`);
  const path = textOf(call, 'path').replace(/^\/+|\/+$/g, '');
  const tree = repository.store.commits.get(commit)?.tree ?? '';
  const entry = findEntry(repository.store, tree, path);
  if (entry === undefined) throw notFound();
  const accept = call.headers.accept ?? '';
  if (/html|object/.test(accept)) throw notImplemented('repos/get-content with the html and object media types');
  if (entry.mode === '040000') return listDirectory(call, entry, path, commit);
  if (/raw/.test(accept)) return readRaw(call, entry);
  if (entry.mode === '120000') return followLink(call, entry, tree, path, commit);
  return ok(renderEntry(call, entry, path, commit, true));
}

function readRaw(call: Call, entry: FileEntry): Reply {
  const data = repositoryOf(call).store.blobs.get(entry.sha);
  if (data === undefined) throw notFound();
  if (data.length > MAX_RAW_BYTES) throw new Refusal(403, 'This API returns blobs up to 100 MB in size.');
  return { status: 200, body: data, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
}

/** GitHub follows a link silently where it leads to a file of the repository. */
function followLink(call: Call, entry: FileEntry, tree: string, path: string, commit: string): Reply {
  const { store } = repositoryOf(call);
  const target = store.blobs.get(entry.sha)?.toString() ?? '';
  const resolved = new URL(target, `file:///${path}`).pathname.slice(1);
  const led = findEntry(store, tree, resolved);
  if (led !== undefined && led.mode !== '040000') return ok(renderEntry(call, led, path, commit, true));
  return ok({ ...renderEntry(call, entry, path, commit, false), type: 'symlink', target });
}

function listDirectory(call: Call, entry: FileEntry, path: string, commit: string): Reply {
  const entries = repositoryOf(call).store.trees.get(entry.sha) ?? [];
  const prefix = path === '' ? '' : `${path}/`;
  return ok(
    entries.slice(0, MAX_DIRECTORY_ENTRIES).map((one) => renderEntry(call, one, prefix + one.name, commit, false)),
  );
}

const TYPES = {
  '040000': 'dir',
  '120000': 'symlink',
  '160000': 'submodule',
  '100644': 'file',
  '100755': 'file',
} as const;

function renderEntry(call: Call, entry: FileEntry, path: string, commit: string, whole: boolean) {
  const { world } = call;
  const repository = repositoryOf(call);
  const name = fullName(world, repository);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = api(world, `/repos/${name}/contents/${encoded}?ref=${call.query.ref ?? repository.defaultBranch}`);
  const isFolder = entry.mode === '040000';
  const gitUrl = api(world, `/repos/${name}/git/${isFolder ? 'trees' : 'blobs'}/${entry.sha}`);
  const html = page(world, `/${name}/${isFolder ? 'tree' : 'blob'}/${commit}/${encoded}`);
  const data = repository.store.blobs.get(entry.sha);
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: entry.sha,
    size: isFolder ? 0 : (data?.length ?? 0),
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: isFolder ? null : page(world, `/raw/${name}/${commit}/${encoded}`),
    type: TYPES[entry.mode],
    ...(whole && data !== undefined && renderText(data)),
    ...(entry.mode === '160000' && { submodule_git_url: page(world, `/submodules/${entry.sha}`) }),
    _links: { self: url, git: gitUrl, html },
  };
}

function renderText(data: Buffer) {
  if (data.length > MAX_JSON_BYTES) return { content: '', encoding: 'none' };
  return { content: data.toString('base64').replace(/.{60}/g, '$&\n'), encoding: 'base64' };
}

export const contents: readonly Route[] = [
  { operation: 'repos/get-content', needs: reads('contents'), handle: getContent },
];
