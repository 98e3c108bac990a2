import type { KindName } from './kinds.ts';

/** Which files are read as what, by name alone. `*` stands for anything within a file's name; the first row that fits counts. Without regard to case. */
const FILE_KINDS: readonly { readonly kind: KindName; readonly names: readonly string[] }[] = [
  { kind: 'python', names: ['*.py', '*.pyi', '*.pyw', '*.pyx'] },
  { kind: 'typescript', names: ['*.ts', '*.mts', '*.cts'] },
  { kind: 'tsx', names: ['*.tsx'] },
  { kind: 'javascript', names: ['*.js', '*.jsx', '*.mjs', '*.cjs'] },
  { kind: 'csharp', names: ['*.cs', '*.csx'] },
  { kind: 'java', names: ['*.java'] },
  { kind: 'kotlin', names: ['*.kt', '*.kts'] },
  { kind: 'go', names: ['*.go'] },
  { kind: 'ruby', names: ['*.rb', '*.rake', '*.ru', 'rakefile'] },
  { kind: 'php', names: ['*.php', '*.phtml', '*.inc'] },
  { kind: 'rust', names: ['*.rs'] },
  { kind: 'swift', names: ['*.swift'] },
  { kind: 'dart', names: ['*.dart'] },
  {
    kind: 'cpp',
    names: ['*.c', '*.cc', '*.cpp', '*.cxx', '*.h', '*.hh', '*.hpp', '*.hxx', '*.inl', '*.mm', '*.m', '*.ino', '*.cu'],
  },
  { kind: 'npm_manifest', names: ['package.json'] },
  { kind: 'npm_lock', names: ['package-lock.json', 'npm-shrinkwrap.json', 'bun.lock'] },
  { kind: 'yarn_lock', names: ['yarn.lock'] },
  { kind: 'pnpm_lock', names: ['pnpm-lock.yaml'] },
  { kind: 'deno_manifest', names: ['deno.json', 'deno.jsonc', 'import_map.json'] },
  {
    kind: 'requirements',
    names: [
      '*requirements*.txt',
      '*requirements*.in',
      'constraints*.txt',
      'requirements.lock',
      'requirements-dev.lock',
    ],
  },
  { kind: 'pyproject', names: ['pyproject.toml'] },
  { kind: 'pipfile', names: ['pipfile'] },
  { kind: 'pipfile_lock', names: ['pipfile.lock'] },
  { kind: 'python_lock', names: ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml'] },
  { kind: 'conda_environment', names: ['environment*.yml', 'environment*.yaml', 'conda*.yml', 'conda*.yaml'] },
  { kind: 'setup_py', names: ['setup.py'] },
  { kind: 'setup_cfg', names: ['setup.cfg', 'tox.ini'] },
  {
    kind: 'dotnet_project',
    names: ['*.csproj', '*.fsproj', '*.vbproj', '*.vcxproj', '*.props', '*.targets', 'packages.config', '*.nuspec'],
  },
  { kind: 'nuget_lock', names: ['packages.lock.json'] },
  { kind: 'paket', names: ['paket.dependencies', 'paket.lock', 'paket.references'] },
  { kind: 'maven_pom', names: ['pom.xml', '*.pom'] },
  {
    kind: 'gradle',
    names: ['*.gradle', '*.gradle.kts', 'build.sbt', '*.sbt', 'module.bazel', 'workspace', 'workspace.bazel'],
  },
  { kind: 'version_catalog', names: ['*.versions.toml'] },
  { kind: 'gradle_lock', names: ['gradle.lockfile', '*.lockfile'] },
  { kind: 'go_mod', names: ['go.mod'] },
  { kind: 'go_sum', names: ['go.sum'] },
  { kind: 'gemfile', names: ['gemfile', 'gems.rb', '*.gemspec'] },
  { kind: 'gemfile_lock', names: ['gemfile.lock', 'gems.locked'] },
  { kind: 'composer', names: ['composer.json'] },
  { kind: 'composer_lock', names: ['composer.lock'] },
  { kind: 'cargo', names: ['cargo.toml'] },
  { kind: 'cargo_lock', names: ['cargo.lock'] },
  { kind: 'swift_package', names: ['package.swift', 'package@swift-*.swift'] },
  { kind: 'swift_resolved', names: ['package.resolved'] },
  { kind: 'xcode_project', names: ['project.pbxproj'] },
  { kind: 'podfile', names: ['podfile', '*.podspec'] },
  { kind: 'podfile_lock', names: ['podfile.lock'] },
  { kind: 'cartfile', names: ['cartfile', 'cartfile.private', 'cartfile.resolved'] },
  { kind: 'pubspec', names: ['pubspec.yaml', 'pubspec.yml'] },
  { kind: 'pubspec_lock', names: ['pubspec.lock'] },
  { kind: 'conan', names: ['conanfile.txt', 'conanfile.py'] },
  { kind: 'vcpkg', names: ['vcpkg.json'] },
  { kind: 'cmake', names: ['cmakelists.txt', '*.cmake', 'meson.build'] },
  { kind: 'distro_control', names: ['control', '*.spec'] },
  { kind: 'package_build', names: ['pkgbuild', 'apkbuild'] },
  {
    kind: 'dockerfile',
    names: ['dockerfile', 'dockerfile.*', '*.dockerfile', 'containerfile', 'containerfile.*', 'dockerfile-*'],
  },
  {
    kind: 'shell',
    names: [
      '*.sh',
      '*.bash',
      '*.zsh',
      '*.ksh',
      '*.ps1',
      '*.psm1',
      '*.bat',
      '*.cmd',
      '*.http',
      '*.rest',
      'makefile',
      '*.mk',
      'justfile',
      'procfile',
    ],
  },
  { kind: 'notebook', names: ['*.ipynb'] },
  {
    kind: 'scripted_markup',
    names: [
      ...['*.vue', '*.svelte', '*.astro', '*.html', '*.htm', '*.xhtml'],
      ...['*.erb', '*.ejs', '*.jsp', '*.hbs', '*.twig', '*.njk', '*.ftl', '*.aspx', '*.ascx'],
    ],
  },
  { kind: 'razor', names: ['*.razor', '*.cshtml'] },
  { kind: 'yaml', names: ['*.yml', '*.yaml', '*.yml.j2', '*.yaml.j2', '*.yml.example', '*.yaml.example', '*.tpl'] },
  { kind: 'json', names: ['*.json', '*.jsonc', '*.json5', '*.template', '*.tfstate'] },
  { kind: 'hcl', names: ['*.tf', '*.tofu', '*.tfvars', '*.hcl'] },
  { kind: 'bicep', names: ['*.bicep', '*.bicepparam'] },
  { kind: 'toml', names: ['*.toml'] },
  { kind: 'xml', names: ['*.xml', '*.config', '*.plist'] },
  {
    kind: 'properties',
    names: [
      '.env',
      '.env.*',
      '*.env',
      'env.example',
      'env.sample',
      '*.properties',
      '*.ini',
      '*.cfg',
      '*.conf',
      '.flaskenv',
      'env.template',
    ],
  },
];

const EXACT = new Map<string, KindName>();
const EXTENSIONS = new Map<string, KindName>();
const PATTERNS: { readonly test: (name: string) => boolean; readonly kind: KindName }[] = [];

for (const { kind, names } of FILE_KINDS) {
  for (const name of names) {
    if (!name.includes('*')) setOnce(EXACT, name, kind);
    else if (/^\*\.[^.*]+$/.test(name)) setOnce(EXTENSIONS, name.slice(2), kind);
    else PATTERNS.push({ kind, test: nameTest(name) });
  }
}

function setOnce(map: Map<string, KindName>, key: string, kind: KindName): void {
  if (!map.has(key)) map.set(key, kind);
}

function nameTest(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of rest) {
      const next = name.indexOf(piece, at);
      if (next < 0 || next + piece.length > name.length - last.length) return false;
      at = next + piece.length;
    }
    return true;
  };
}

/** What kind a file is by its path (forward slashes), or undefined where it can hold no integration. Whole names go before patterns, patterns before extensions. */
export function fileKind(path: string): KindName | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const exact = EXACT.get(name) ?? PATTERNS.find((pattern) => pattern.test(name))?.kind;
  if (exact !== undefined) return exact;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : EXTENSIONS.get(name.slice(dot + 1));
}
