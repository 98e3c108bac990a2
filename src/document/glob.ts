/** Longest pattern that is compared; a longer one matches nothing. No path that git stores on common systems is longer. */
const MAX_PATTERN_LENGTH = 4096;

/**
 * Turns path patterns into a test of paths. Paths are relative to the repository's root with forward slashes. `*` stands for any
 * characters within one name, `?` for one character, `**` as a whole name for any number of folders; everything else stands for itself, case
 * included. A pattern that reaches a folder (`src/face`, `src/face/`) reaches all beneath it. A leading `/` or `./` is passed over.
 * No regular expression is made: the time is at most pattern length × path length, whatever they hold.
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.flatMap((pattern) => {
    const names = patternNames(pattern);
    return names.length === 0 || pattern.length > MAX_PATTERN_LENGTH ? [] : [names];
  });
  return (path) => {
    const names = path.split('/');
    return compiled.some((pattern) => matchesNames(pattern, names));
  };
}

function patternNames(pattern: string): readonly string[] {
  return pattern.split('/').filter((name) => name !== '' && name !== '.');
}

/** Whether the pattern matches the path or one of the folders that it lies in. */
function matchesNames(pattern: readonly string[], names: readonly string[]): boolean {
  let [at, name] = [0, 0];
  let [afterStars, resumeAt] = [-1, 0];
  while (at < pattern.length) {
    if (pattern[at] === '**') {
      at += 1;
      [afterStars, resumeAt] = [at, name];
      // `src/**` reaches what is in the folder, not the folder's own name.
      if (at === pattern.length) return name < names.length;
    } else if (name < names.length && matchesName(String(pattern[at]), String(names[name]))) {
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

function matchesName(pattern: string, name: string): boolean {
  let [at, character] = [0, 0];
  let [afterStar, resumeAt] = [-1, 0];
  while (character < name.length || at < pattern.length) {
    if (pattern[at] === '*') {
      at += 1;
      [afterStar, resumeAt] = [at, character];
    } else if (
      at < pattern.length &&
      character < name.length &&
      (pattern[at] === '?' || pattern[at] === name[character])
    ) {
      at += 1;
      character += 1;
    } else if (afterStar >= 0 && resumeAt < name.length) {
      resumeAt += 1;
      [at, character] = [afterStar, resumeAt];
    } else {
      return false;
    }
  }
  return true;
}
