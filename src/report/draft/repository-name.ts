/** What a repository goes by. */
export interface NameSources {
  /** Address of the remote that it was cloned from. */
  readonly remote?: string | undefined;
  /** Text of one of `NAMING_MANIFESTS` at the top, where it is there. */
  readonly manifest: (file: string) => string | undefined;
  /** Name of the folder that it lies in. */
  readonly folder: string;
}

/** Manifests that name what they build, each with the line that does. */
const MANIFESTS: Readonly<Record<string, RegExp>> = {
  'package.json': /^\s{0,8}"name"\s{0,4}:\s{0,4}"([^"]{1,200})"/,
  'composer.json': /^\s{0,8}"name"\s{0,4}:\s{0,4}"([^"]{1,200})"/,
  'pyproject.toml': /^name\s{0,4}=\s{0,4}["']([^"']{1,200})["']/,
  'Cargo.toml': /^name\s{0,4}=\s{0,4}"([^"]{1,200})"/,
  'go.mod': /^module\s{1,4}(\S{1,200})/,
  'pubspec.yaml': /^name:\s{0,4}([\w-]{1,200})/,
  'settings.gradle': /^rootProject\.name\s{0,4}=\s{0,4}["']([^"']{1,200})["']/,
  'settings.gradle.kts': /^rootProject\.name\s{0,4}=\s{0,4}"([^"]{1,200})"/,
};

export const NAMING_MANIFESTS: readonly string[] = Object.keys(MANIFESTS);

/** Lines of a manifest that are looked at; names stand at its beginning. Longer lines name nothing. */
const MOST_LINES = 200;
const LONGEST_LINE = 300;

/** The name of a repository: where it was cloned from, else what its manifest builds, else its folder. */
export function repositoryName({ remote, manifest, folder }: NameSources): string {
  const cloned = lastPart((remote ?? '').replace(/\/$/, '').replace(/\.git$/, ''));
  if (cloned !== '') return cloned;
  for (const [file, line] of Object.entries(MANIFESTS)) {
    const lines = manifest(file)?.split('\n').slice(0, MOST_LINES) ?? [];
    for (const text of lines) {
      const name = text.length > LONGEST_LINE ? undefined : line.exec(text)?.[1];
      if (name !== undefined) return lastPart(name.replace(/\/v\d{1,3}$/, ''));
    }
  }
  return folder;
}

/** Of an address, a path, or a name with its scope. */
function lastPart(path: string): string {
  return path.split(/[/:\\]/).at(-1) ?? '';
}
