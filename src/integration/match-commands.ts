import { matchingCases } from './arguments.ts';
import type { CatalogEntry, CatalogFile, Ecosystem } from './catalog-format.ts';
import { normalise } from './chain.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import { commandOperation } from './match-permissions.ts';
import { argumentName } from './name-index.ts';
import { type Dependency, dependencyFindings, isKnownPackage } from './package-index.ts';
import type { Found } from './scan-kind.ts';
import type { ShellCommand, ShellWord } from './shell-words.ts';

/** What installs packages: the words that a command begins with, and where the packages are from. */
const INSTALLERS: readonly { readonly words: string; readonly ecosystem: Ecosystem }[] = [
  ...[
    'pip install',
    'pip3 install',
    'pipx install',
    'uv pip install',
    'uv add',
    'poetry add',
    'pipenv install',
    '%pip install',
    'pdm add',
  ].map((words) => ({ words, ecosystem: 'pypi' as const })),
  ...['python -m pip install', 'python3 -m pip install'].map((words) => ({ words, ecosystem: 'pypi' as const })),
  ...['conda install', 'mamba install', 'micromamba install'].map((words) => ({ words, ecosystem: 'conda' as const })),
  ...['npm install', 'npm i', 'npm add', 'yarn add', 'pnpm add', 'pnpm install', 'bun add'].map((words) => ({
    words,
    ecosystem: 'npm' as const,
  })),
  ...[
    'apt-get install',
    'apt install',
    'aptitude install',
    'dnf install',
    'yum install',
    'apk add',
    'brew install',
  ].map((words) => ({
    words,
    ecosystem: 'debian' as const,
  })),
  ...['pacman -S', 'yay -S', 'paru -S'].map((words) => ({ words, ecosystem: 'arch' as const })),
  { words: 'gem install', ecosystem: 'rubygems' },
  { words: 'bundle add', ecosystem: 'rubygems' },
  { words: 'go get', ecosystem: 'go' },
  { words: 'go install', ecosystem: 'go' },
  { words: 'cargo add', ecosystem: 'cargo' },
  { words: 'cargo install', ecosystem: 'cargo' },
  { words: 'composer require', ecosystem: 'composer' },
  { words: 'dotnet add package', ecosystem: 'nuget' },
  { words: 'nuget install', ecosystem: 'nuget' },
  { words: 'Install-Package', ecosystem: 'nuget' },
  { words: 'pecl install', ecosystem: 'pecl' },
  { words: 'install-php-extensions', ecosystem: 'pecl' },
  { words: 'docker-php-ext-enable', ecosystem: 'pecl' },
  { words: 'flutter pub add', ecosystem: 'pub' },
  { words: 'dart pub add', ecosystem: 'pub' },
  { words: 'vcpkg install', ecosystem: 'vcpkg' },
];

/** Words that stand before the command that matters. */
const PREFIXES = new Set([
  'sudo',
  'time',
  'exec',
  'env',
  'nohup',
  'then',
  'do',
  'else',
  'if',
  '!',
  '{',
  'run',
  'set',
  'command',
  '-',
]);

/** What the commands of a script show: operations of command lines, installed packages, sources that are downloaded. */
export function matchCommands(commands: readonly ShellCommand[], catalog: CompiledCatalog): Found[] {
  const plain = commands.map(withoutPrefix);
  const dependencies = [
    ...plain.flatMap(installed),
    ...plain.flatMap((words) => words.flatMap((word) => downloaded(word, catalog))),
  ];
  dependencies.sort((a, b) => a.start - b.start);
  return [
    ...dependencyFindings(dependencies, catalog),
    ...plain.flatMap((words) => awsOperation(words, catalog)),
    ...plain.flatMap((words) => catalogCommands(words, catalog)),
  ];
}

function withoutPrefix(words: ShellCommand): ShellCommand {
  let at = 0;
  while (
    at < words.length &&
    (PREFIXES.has((words[at]?.text ?? '').toLowerCase()) || /^[A-Za-z_]\w*=/.test(words[at]?.text ?? ''))
  )
    at++;
  // An assignment that is no prefix (`X=y` alone, `ARG X=y`) has no command behind it.
  return at === words.length ? words : words.slice(at);
}

const isOption = (word: ShellWord) => word.text.startsWith('-');

function installed(words: ShellCommand): Dependency[] {
  const bare = words.filter((word) => !isOption(word) || word.text === '-m' || word.text === '-S');
  for (const { words: begin, ecosystem } of INSTALLERS) {
    const wanted = begin.split(' ');
    // `dotnet add Project.csproj package Name`
    const given = wanted[0] === 'dotnet' ? bare.filter((word) => !word.text.endsWith('proj')) : bare;
    if (!wanted.every((word, index) => lastOf(given[index]?.text) === word)) continue;
    return given.slice(wanted.length).map((word) => ({ ...word, ecosystem, name: packageName(word.text, ecosystem) }));
  }
  return [];
}

/** `/usr/bin/pip` is `pip`, `pip3.11` is `pip3`, `@pip` and `-pip` of a Makefile are `pip`. */
function lastOf(word: string | undefined): string {
  const last =
    word
      ?.split('/')
      .at(-1)
      ?.replace(/^[@+-]+(?=[a-zA-Z]{2})/, '') ?? '';
  return /^pip3?(?:\.\d+)?$/.test(last) ? 'pip' : last;
}

function packageName(word: string, ecosystem: Ecosystem): string {
  if (ecosystem === 'npm') return /^(@?[^@]+)/.exec(word)?.[1] ?? word;
  if (ecosystem === 'go') return word.split('@')[0] ?? word;
  if (ecosystem === 'vcpkg') return word.split(/[[:]/)[0] ?? word;
  return /^[\w./-]*/.exec(word)?.[0].replace(/[-=]\d.*$/, '') ?? word;
}

const SOURCE_ARCHIVE = /\/([A-Za-z][\w.-]*?)(?:[-_]v?\d[\w.]*)?(?:-[\w.-]+)?\.(?:tgz|tar\.gz|tar\.bz2|whl|zip|git)$/;
const REPOSITORY = /github\.com\/[\w.-]+\/([\w.-]+?)(?:\.git|\/|$|@)/;

/** A package by its source: `https://…/pdlib-1.1.0.tgz`, `git+https://github.com/o/face_recognition`. */
function downloaded(word: ShellWord, catalog: CompiledCatalog): Dependency[] {
  if (!/:\/\/|git@/.test(word.text) || word.text.length > 2_000) return [];
  const names = [SOURCE_ARCHIVE.exec(word.text)?.[1], REPOSITORY.exec(word.text)?.[1]];
  for (const ecosystem of ['pypi', 'pecl'] as const) {
    const name = names.find((one) => one !== undefined && isKnownPackage(ecosystem, one, catalog));
    if (name !== undefined) return [{ ecosystem, name, start: word.start, end: word.end }];
  }
  return [];
}

/** `aws rekognition search-faces-by-image --face-match-threshold 80 …`. */
function awsOperation(words: ShellCommand, catalog: CompiledCatalog): Found[] {
  const first = words[0];
  if (first === undefined || lastOf(first.text) !== 'aws') return [];
  for (const provider of catalog.providers) {
    const at = provider.aws === undefined ? -1 : words.findIndex((word) => word.text === provider.aws?.cli);
    const name = words.slice(at + 1).find((word) => !isOption(word));
    const shown = at < 1 || name === undefined ? undefined : commandOperation(provider, name.text);
    if (shown === undefined) continue;
    const span = { start: first.start, end: words.at(-1)?.end ?? first.end };
    const entry = entryOf(provider, shown.entry);
    return [
      { ...shown, ...span },
      ...(entry === undefined ? [] : optionEffects(provider, entry, words, { ...shown, ...span })),
    ];
  }
  return [];
}

function entryOf(provider: CatalogFile, name: string): CatalogEntry | undefined {
  return provider.entries.find((entry) => entry.id === name || entry.apis.includes(name));
}

/** What the options of a command add to it. */
function optionEffects(provider: CatalogFile, entry: CatalogEntry, words: ShellCommand, found: Found): Found[] {
  return entry.arguments.flatMap((spec) => {
    const names = new Set(spec.names.map(argumentName));
    const at = words.findIndex((word) => isOption(word) && names.has(normalise(word.text.split('=')[0] ?? '')));
    if (at < 0) return [];
    const value = `${words[at]?.text.split('=')[1] ?? ''} ${words[at + 1]?.text ?? ''}`;
    const number = /\d+(?:\.\d+)?/.exec(value)?.[0];
    if (spec.number !== undefined && number !== undefined)
      return [{ ...found, facts: { ...found.facts, [spec.number]: Number(number) / spec.per } }];
    const given = new Set((value.match(/[\w-]+/g) ?? []).map(normalise));
    return matchingCases(spec, given).flatMap((item) =>
      item.capability === undefined || item.capability === 'none'
        ? []
        : [{ ...found, provider: provider.provider, capability: item.capability, facts: item.facts ?? {} }],
    );
  });
}

/** Command lines of the catalog: its bare words begin the command, its options stand anywhere in it. */
function catalogCommands(words: ShellCommand, catalog: CompiledCatalog): Found[] {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  return catalog.providers.flatMap((provider) =>
    provider.entries.flatMap((entry) => {
      if (!entry.commands.some((command) => fits(words, command.split(' ')))) return [];
      const { capability, facts = {}, certainty = 'seen' } = entry;
      const bare = capability === 'unspecified' ? { bare: true as const } : {};
      return {
        start: first.start,
        end: last.end,
        provider: provider.provider,
        capability,
        facts,
        certainty,
        entry: entry.id ?? capability,
        ...bare,
      };
    }),
  );
}

function fits(words: ShellCommand, pattern: readonly string[]): boolean {
  const option = pattern.findIndex((word) => word.startsWith('-'));
  const begin = option < 0 ? pattern : pattern.slice(0, option);
  const bare = words.filter((word) => !isOption(word));
  if (!begin.every((word, index) => (index === 0 ? lastOf(bare[0]?.text) : bare[index]?.text) === word)) return false;
  if (option < 0) return true;
  const rest = pattern.slice(option);
  return words.some((_, at) =>
    rest.every((word, index) => (words[at + index]?.text ?? '').toLowerCase().startsWith(word.toLowerCase())),
  );
}
