import type { Ecosystem } from '../../src/integration/catalog-format.ts';

/** How each manifest and lock file of an ecosystem names a package: one line, and what stands around the lines. */
export interface Manifest {
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly head?: string;
  readonly foot?: string;
  readonly line: (name: string) => string;
}

const group = (name: string) => name.split(':')[0];
const artifact = (name: string) => name.split(':')[1];

/** Every form in which a dependency is written. */
export const MANIFESTS: readonly Manifest[] = [
  {
    path: 'package.json',
    ecosystem: 'npm',
    head: '{"dependencies": {',
    line: (name) => `"${name}": "^1.0.0",`,
    foot: '}}',
  },
  {
    ...{ path: 'package-lock.json', ecosystem: 'npm', head: '{"lockfileVersion": 3, "packages": {', foot: '}}' },
    line: (name) => `"node_modules/a/node_modules/${name}": {"version": "1.0.0"},`,
  },
  {
    path: 'npm-shrinkwrap.json',
    ecosystem: 'npm',
    head: '{"dependencies": {',
    line: (name) => `"${name}": {},`,
    foot: '}}',
  },
  { path: 'yarn.lock', ecosystem: 'npm', line: (name) => `"${name}@^1.0.0", "${name}@~1.1":` },
  { path: 'pnpm-lock.yaml', ecosystem: 'npm', head: 'packages:', line: (name) => `  '${name}@1.0.0': {}` },
  {
    path: 'bun.lock',
    ecosystem: 'npm',
    head: '{"packages": {',
    line: (name) => `"${name}": ["${name}@1.0.0"],`,
    foot: '}}',
  },
  { path: 'deno.json', ecosystem: 'npm', head: '{"imports": {', line: (name) => `"x": "npm:${name}@1",`, foot: '}}' },
  {
    path: 'requirements-dev.txt',
    ecosystem: 'pypi',
    line: (name) => `${name}[all]>=1.0; python_version > "3.8"  # why`,
  },
  { path: 'constraints.txt', ecosystem: 'pypi', line: (name) => `${name.toUpperCase().replaceAll('-', '_')}==1.0` },
  {
    ...{ path: 'pyproject.toml', ecosystem: 'pypi', head: '[project]\ndependencies = [', foot: ']' },
    line: (name) => `  "${name} ~= 1.0",`,
  },
  {
    path: 'a/pyproject.toml',
    ecosystem: 'pypi',
    head: '[tool.poetry.group.dev.dependencies]',
    line: (name) => `"${name}" = "^1"`,
  },
  { path: 'Pipfile', ecosystem: 'pypi', head: '[packages]', line: (name) => `"${name}" = "*"` },
  { path: 'Pipfile.lock', ecosystem: 'pypi', head: '{"default": {', line: (name) => `"${name}": {},`, foot: '}}' },
  { path: 'poetry.lock', ecosystem: 'pypi', line: (name) => `[[package]]\nname = "${name}"\n` },
  { path: 'uv.lock', ecosystem: 'pypi', line: (name) => `[[package]]\nname = "${name}"\nversion = "1"` },
  {
    path: 'setup.py',
    ecosystem: 'pypi',
    head: 'setup(install_requires=[',
    line: (name) => `  '${name}>=1.0',`,
    foot: '])',
  },
  { path: 'setup.cfg', ecosystem: 'pypi', head: '[options]\ninstall_requires =', line: (name) => `    ${name}>=1` },
  {
    path: 'environment.yml',
    ecosystem: 'conda',
    head: 'dependencies:',
    line: (name) => `  - conda-forge::${name}=1.0`,
  },
  {
    path: 'a/environment.yml',
    ecosystem: 'pypi',
    head: 'dependencies:\n  - pip:',
    line: (name) => `    - ${name}==1.0`,
  },
  {
    path: 'a.csproj',
    ecosystem: 'nuget',
    head: '<Project><ItemGroup>',
    line: (name) => `<PackageReference Include="${name}" Version="1" />`,
    foot: '</ItemGroup></Project>',
  },
  {
    path: 'android.csproj',
    ecosystem: 'maven',
    head: '<Project><ItemGroup>',
    line: (name) => `<AndroidMavenLibrary Include="${name}" Version="1" />`,
    foot: '</ItemGroup></Project>',
  },
  {
    path: 'cached.csproj',
    ecosystem: 'maven',
    head: '<Project><ItemGroup>',
    line: (name) => `<AndroidLibrary Include="$(Caches)/files-2.1/${name.replace(':', '/')}/1/0a/x.aar" />`,
    foot: '</ItemGroup></Project>',
  },
  {
    path: 'Directory.Packages.props',
    ecosystem: 'nuget',
    head: '<Project>',
    line: (name) => `<PackageVersion Include='${name}' />`,
    foot: '</Project>',
  },
  {
    path: 'packages.config',
    ecosystem: 'nuget',
    head: '<packages>',
    line: (name) => `<package id="${name}" version="1" />`,
    foot: '</packages>',
  },
  {
    path: 'packages.lock.json',
    ecosystem: 'nuget',
    head: '{"dependencies": {"net8.0": {',
    line: (name) => `"${name}": {},`,
    foot: '}}}',
  },
  { path: 'paket.dependencies', ecosystem: 'nuget', line: (name) => `nuget ${name} ~> 1.0` },
  {
    ...{ path: 'pom.xml', ecosystem: 'maven', head: '<project><dependencies>', foot: '</dependencies></project>' },
    line: (name) =>
      `<dependency><groupId>${group(name)}</groupId><artifactId>${artifact(name)}</artifactId></dependency>`,
  },
  {
    path: 'build.gradle',
    ecosystem: 'maven',
    head: 'dependencies {',
    line: (name) => `  implementation '${name}:1.0'`,
    foot: '}',
  },
  {
    path: 'app/build.gradle.kts',
    ecosystem: 'maven',
    head: 'dependencies {',
    line: (name) => `  implementation("${name}:1.0")`,
    foot: '}',
  },
  {
    path: 'a/build.gradle',
    ecosystem: 'maven',
    line: (name) => `  compile group: '${group(name)}', name: '${artifact(name)}', version: '1'`,
  },
  {
    path: 'libs.versions.toml',
    ecosystem: 'maven',
    head: '[libraries]',
    line: (name) => `x${name.length} = { group = "${group(name)}", name = "${artifact(name)}" }`,
  },
  { path: 'gradle.lockfile', ecosystem: 'maven', line: (name) => `${name}:1.0=runtimeClasspath` },
  {
    path: 'build.sbt',
    ecosystem: 'maven',
    line: (name) => `libraryDependencies += "${group(name)}" % "${artifact(name)}" % "1"`,
  },
  {
    path: 'go.mod',
    ecosystem: 'go',
    head: 'module x\nrequire (',
    line: (name) => `\t${name} v1.0.0 // indirect`,
    foot: ')',
  },
  { path: 'go.sum', ecosystem: 'go', line: (name) => `${name} v1.0.0 h1:abc=` },
  { path: 'Gemfile', ecosystem: 'rubygems', line: (name) => `gem '${name}', '~> 1'` },
  { path: 'a.gemspec', ecosystem: 'rubygems', line: (name) => `  spec.add_dependency "${name}", "~> 1"` },
  { path: 'Gemfile.lock', ecosystem: 'rubygems', head: 'GEM\n  specs:', line: (name) => `    ${name} (1.0.0)` },
  {
    path: 'composer.json',
    ecosystem: 'composer',
    head: '{"require": {',
    line: (name) => `"${name}": "^1",`,
    foot: '}}',
  },
  {
    path: 'composer.lock',
    ecosystem: 'composer',
    head: '{"packages": [',
    line: (name) => `{"name": "${name}"},`,
    foot: ']}',
  },
  { path: 'Cargo.toml', ecosystem: 'cargo', head: '[dependencies]', line: (name) => `${name} = { version = "1" }` },
  { path: 'Cargo.lock', ecosystem: 'cargo', line: (name) => `[[package]]\nname = "${name}"` },
  {
    path: 'Package.swift',
    ecosystem: 'swift',
    line: (name) => `.package(url: "https://github.com/o/${name.split('/').at(-1)}.git", from: "1.0.0"),`,
  },
  {
    path: 'Package.resolved',
    ecosystem: 'swift',
    head: '{"pins": [',
    line: (name) => `{"location": "https://github.com/o/${name.split('/').at(-1)}.git"},`,
    foot: ']}',
  },
  { path: 'Podfile', ecosystem: 'cocoapods', line: (name) => `  pod '${name}', '~> 1'` },
  { path: 'Podfile.lock', ecosystem: 'cocoapods', head: 'PODS:', line: (name) => `  - ${name} (1.0):` },
  { path: 'pubspec.yaml', ecosystem: 'pub', head: 'dependencies:', line: (name) => `  ${name}: ^1.0.0` },
  { path: 'pubspec.lock', ecosystem: 'pub', head: 'packages:', line: (name) => `  ${name}:\n    version: "1"` },
  { path: 'conanfile.txt', ecosystem: 'conan', head: '[requires]', line: (name) => `${name}/1.0` },
  {
    path: 'vcpkg.json',
    ecosystem: 'vcpkg',
    head: '{"dependencies": [',
    line: (name) => `{"name": "${name}"},`,
    foot: ']}',
  },
  {
    path: 'CMakeLists.txt',
    ecosystem: 'vcpkg',
    line: (name) =>
      name.startsWith('aws-cpp-sdk-')
        ? `find_package(AWSSDK REQUIRED COMPONENTS s3 ${name.slice(12)})`
        : `find_package(${name} REQUIRED)`,
  },
  { path: 'debian/control', ecosystem: 'debian', head: 'Package: x', line: (name) => `Depends: libc6, ${name} (>= 1)` },
  { path: 'PKGBUILD', ecosystem: 'arch', head: 'depends=(', line: (name) => `  '${name}'`, foot: ')' },
  {
    path: 'Dockerfile',
    ecosystem: 'pypi',
    head: 'FROM python',
    line: (name) => `RUN python3 -m pip install --no-cache-dir "${name}[x]==1.0"`,
  },
  { path: 'install.sh', ecosystem: 'npm', line: (name) => `sudo npm install -g ${name}@1.0.0` },
  {
    path: 'a/Dockerfile',
    ecosystem: 'debian',
    head: 'FROM debian',
    line: (name) => `RUN apt-get update && apt-get install -y \\\n  libx ${name}`,
  },
  { path: 'Makefile', ecosystem: 'pypi', head: 'deps:', line: (name) => `\t@echo x; pip3 install ${name}` },
  {
    path: '.github/workflows/ci.yml',
    ecosystem: 'pypi',
    head: 'jobs:\n  a:\n    steps:',
    line: (name) => `      - run: |\n          pip install ${name}`,
  },
];
