import { expandBraces } from './glob-braces.ts';
import { compileName, matchesName, type NamePattern } from './glob-name.ts';

/** Longest pattern that is compared; a longer one matches nothing. No path that git stores on common systems is longer. */
const MAX_PATTERN_LENGTH = 4096;

/** `**` as a whole name. */
const ANY_FOLDERS = '**';

type PathPattern = readonly (NamePattern | typeof ANY_FOLDERS)[];

/**
 * Turns path patterns into a test of paths. Paths are relative to the repository's root with forward slashes.
 *
 * - `*`: any characters within one name; `?`: one character; `[a-z]`, `[!a-z]`: one of these, none of these.
 * - `**` as a whole name: any number of folders. `{a,b}`: either (nested, and across names, too).
 * - Everything else stands for itself, case included. So does a name with brackets that a path has letter for letter:
 *   `app/[id]/page.ts` reaches the file of that name.
 * - A pattern that reaches a folder (`src/face`) reaches all beneath it; with a trailing `/` only what is beneath it.
 * - A leading `/` or `./` is passed over.
 *
 * No regular expression is made: the time is at most pattern length × path length, whatever they hold. A pattern with a
 * fault (see `globFault`) matches nothing.
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.filter((pattern) => globFault(pattern) === undefined).flatMap(compilePattern);
  return (path) => {
    const names = path.split('/');
    return compiled.some((pattern) => matchesPath(pattern, names));
  };
}

/** Why a pattern can't be used, as the end of a sentence (`the pattern …`); undefined where it can. */
export function globFault(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) return `is longer than ${MAX_PATTERN_LENGTH} characters`;
  if (pattern.includes('\\')) return 'has a backslash; paths are written with forward slashes';
  if (pattern.split('/').includes('..')) return 'has `..`; patterns start at the root of the repository';
  const expanded = expandBraces(pattern);
  if (typeof expanded === 'string') return expanded;
  if (expanded.some((alternative) => patternNames(alternative).length === 0)) return 'names nothing';
  return undefined;
}

function compilePattern(pattern: string): PathPattern[] {
  const expanded = expandBraces(pattern);
  return typeof expanded === 'string' ? [] : expanded.map((alternative) => compilePath(alternative));
}

function compilePath(pattern: string): PathPattern {
  const names = patternNames(pattern).map((name) => (name === ANY_FOLDERS ? name : compileName(name)));
  return pattern.endsWith('/') ? [...names, ANY_FOLDERS] : names;
}

function patternNames(pattern: string): readonly string[] {
  return pattern.split('/').filter((name) => name !== '' && name !== '.');
}

/** Whether the pattern matches the path or one of the folders that it lies in. */
function matchesPath(pattern: PathPattern, names: readonly string[]): boolean {
  let [at, name] = [0, 0];
  let [afterStars, resumeAt] = [-1, 0];
  while (at < pattern.length) {
    const part = pattern[at];
    if (part === ANY_FOLDERS) {
      at += 1;
      [afterStars, resumeAt] = [at, name];
      // `src/**` reaches what is in the folder, not the folder's own name.
      if (at === pattern.length) return name < names.length;
    } else if (part && name < names.length && matchesName(part, String(names[name]))) {
      at += 1;
      name += 1;
    } else if (afterStars >= 0 && resumeAt < names.length) {
      resumeAt += 1;
      [at, name] = [afterStars, resumeAt];
    } else {
      return false;
    }
  }
  return true;
}
