import type { Integration } from '../../integration/integration.ts';

/** Integrations that one use case would plausibly answer for: those of one component of the repository. */
export interface IntegrationGroup {
  /** Suggested id: from the component's folder, or the repository's name where that says nothing. */
  readonly id: string;
  /** Globs of the code: the component's folder, or the files themselves where they lie at the top. */
  readonly covers: readonly string[];
  readonly integrations: readonly Integration[];
}

/** Folders that hold components beside each other, so that the component is one level below. */
const SHELVES = [
  'apps',
  'packages',
  'services',
  'projects',
  'libs',
  'modules',
  'functions',
  'lambdas',
  'cmd',
  'src',
  'examples',
  'samples',
];

/** Folders whose name says nothing of what is in them. */
const NAMELESS = ['', 'src', 'source', 'sources', 'lib', 'app', 'main', 'code', 'java', 'kotlin', 'python', 'pkg'];

/**
 * Groups integrations by component, in the order of their paths; ids are unique among themselves and against `taken`.
 *
 * @param repository its name, for components whose folder has none to speak of
 */
export function groupIntegrations(
  integrations: readonly Integration[],
  taken: readonly string[],
  repository: string,
): IntegrationGroup[] {
  const groups = new Map<string, Integration[]>();
  for (const integration of [...integrations].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const component = componentOf(integration.path);
    groups.set(component, [...(groups.get(component) ?? []), integration]);
  }
  const used = new Set(taken);
  return [...groups].map(([component, members]) => ({
    id: uniqueId(component, repository, used),
    covers:
      component === '' ? [...new Set(members.map(({ path }) => escapeGlob(path)))] : [`${escapeGlob(component)}/**`],
    integrations: members,
  }));
}

/** The folder of the component that a path belongs to; empty for files at the top. */
function componentOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  const [first, second] = folders;
  if (first === undefined) return '';
  return second !== undefined && SHELVES.includes(first.toLowerCase()) ? `${first}/${second}` : first;
}

function uniqueId(component: string, repository: string, used: Set<string>): string {
  const last = wordsOf(component.split('/').at(-1) ?? '');
  const base = (NAMELESS.includes(last) ? wordsOf(repository) : last) || 'main';
  let id = base;
  for (let number = 2; used.has(id); number++) id = `${base}-${number}`;
  used.add(id);
  return id;
}

function wordsOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
}

/** A path as a glob that matches it alone. */
function escapeGlob(path: string): string {
  return path.replaceAll(/[*?{}[\]\\]/g, '?');
}
