import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type IgnoreRules, NO_IGNORE_RULES } from './git-ignore.ts';
import { isPassedOver } from './passed-over.ts';

/** What a walk meets: a file to be looked at, or a folder that is passed over whole. Paths relative to the walked folder, forward slashes. */
export interface Walked {
  readonly path: string;
  readonly what: 'file' | 'passed_over' | 'unreadable';
}

/** What version control keeps for itself, beside the files that it keeps. */
const VERSION_CONTROL = new Set(['.git', '.hg', '.svn']);

/**
 * Walks a folder in the order of names, deepest last. Leaves out what `.gitignore` files say (those above the folder in the same repository
 * too); gives vendored and generated folders as `passed_over`, unlisted. Links are not followed.
 */
export function* walkDirectory(root: string): Generator<Walked> {
  const open: { folder: string; rules: IgnoreRules }[] = [{ folder: '', rules: rulesAbove(root) }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder } = next;
    const entries = list(join(root, folder));
    if (entries === undefined) {
      yield { path: folder, what: 'unreadable' };
      continue;
    }
    const rules = withOwn(next.rules, root, folder, entries);
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    const folders: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile() && !rules.ignores(path)) yield { path, what: 'file' };
      if (!entry.isDirectory() || VERSION_CONTROL.has(entry.name) || rules.ignores(`${path}/`)) continue;
      if (isPassedOver(entry.name, names)) yield { path, what: 'passed_over' };
      else folders.push(path);
    }
    for (const path of folders.reverse()) open.push({ folder: path, rules });
  }
}

function list(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function withOwn(rules: IgnoreRules, root: string, folder: string, entries: readonly Dirent[]): IgnoreRules {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return rules;
  try {
    return rules.within(folder, readFileSync(join(root, folder, '.gitignore'), 'utf8'));
  } catch {
    return rules;
  }
}

/** The rules of the repository's folders above the one that is walked, as far as they speak of it. */
function rulesAbove(root: string): IgnoreRules {
  const above: string[] = [];
  for (let folder = root; !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    if (dirname(folder) === folder) return NO_IGNORE_RULES;
    above.unshift(dirname(folder));
  }
  const base = above[0] ?? root;
  let rules = NO_IGNORE_RULES;
  for (const folder of above) {
    const file = join(folder, '.gitignore');
    if (existsSync(file))
      rules = rules.within(relative(base, folder).replaceAll('\\', '/'), readFileSync(file, 'utf8'));
  }
  const inside = relative(base, root).replaceAll('\\', '/');
  return inside === '' ? rules : shifted(rules, inside);
}

/** Rules of a folder above, asked with paths from the walked folder. */
function shifted(rules: IgnoreRules, inside: string): IgnoreRules {
  return {
    within: (folder, text) => shifted(rules.within(folder === '' ? inside : `${inside}/${folder}`, text), inside),
    ignores: (path) => rules.ignores(`${inside}/${path}`),
  };
}
