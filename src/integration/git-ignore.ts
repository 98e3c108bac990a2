import ignore, { type Ignore } from 'ignore';

/**
 * Limits on patterns, which come from strangers and become regular expressions: two `*` in a name, two `**` in a pattern keep matching
 * quadratic at worst in a path's length. A pattern beyond them is not applied, so that more is read, never less.
 */
const MAX_STARS = 2;
const MAX_PATTERN = 200;
const MAX_PATTERNS = 2_000;

/** The ignore rules of a folder within those of the folders above it. */
export interface IgnoreRules {
  /** The rules with those of a folder's own `.gitignore` added; `folder` is relative to the root, without a slash at its end. */
  within(folder: string, gitignore: string): IgnoreRules;
  /** `path` relative to the root; a folder's ends in a slash. */
  ignores(path: string): boolean;
}

interface Layer {
  readonly prefix: string;
  readonly rules: Ignore;
}

/** No rules yet. */
export const NO_IGNORE_RULES: IgnoreRules = rulesOf([]);

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    within: (folder, gitignore) =>
      rulesOf([...layers, { prefix: folder === '' ? '' : `${folder}/`, rules: layer(gitignore) }]),
    ignores(path) {
      // The nearest folder's rules decide first, as in git.
      for (const { prefix, rules } of layers.toReversed()) {
        if (!path.startsWith(prefix) || path.length === prefix.length) continue;
        const { ignored, unignored } = rules.test(path.slice(prefix.length));
        if (ignored || unignored) return ignored;
      }
      return false;
    },
  };
}

function layer(gitignore: string): Ignore {
  const lines = gitignore.split('\n').slice(0, MAX_PATTERNS);
  return ignore({ allowRelativePaths: true }).add(lines.filter(isBounded));
}

function isBounded(line: string): boolean {
  const doubles = line.split('**').length - 1;
  const names = line.replaceAll('**', '').split('/');
  return (
    line.length <= MAX_PATTERN && doubles <= MAX_STARS && names.every((name) => name.split('*').length - 1 <= MAX_STARS)
  );
}
