import { DOCKERFILE } from './kinds/dockerfile.ts';
import { DOTNET_PROJECT, NUGET_LOCK, PAKET } from './kinds/manifests/dotnet.ts';
import { GRADLE, GRADLE_LOCK, MAVEN_POM, VERSION_CATALOG } from './kinds/manifests/jvm.ts';
import { DENO_MANIFEST, NPM_LOCK, NPM_MANIFEST, PNPM_LOCK, YARN_LOCK } from './kinds/manifests/npm.ts';
import {
  CARGO,
  CARGO_LOCK,
  CARTFILE,
  CMAKE,
  COMPOSER,
  COMPOSER_LOCK,
  CONAN,
  DISTRO_CONTROL,
  GEMFILE,
  GEMFILE_LOCK,
  GO_MOD,
  GO_SUM,
  PODFILE,
  PODFILE_LOCK,
  PUBSPEC,
  PUBSPEC_LOCK,
  SWIFT_PACKAGE,
  SWIFT_RESOLVED,
  VCPKG,
  XCODE_PROJECT,
} from './kinds/manifests/others.ts';
import {
  CONDA_ENVIRONMENT,
  PIPFILE,
  PIPFILE_LOCK,
  PYPROJECT,
  PYTHON_LOCK,
  REQUIREMENTS,
  SETUP_CFG,
  SETUP_PY,
} from './kinds/manifests/python.ts';
import { RAZOR, SCRIPTED_MARKUP } from './kinds/markup.ts';
import { NOTEBOOK } from './kinds/notebook.ts';
import { PACKAGE_BUILD } from './kinds/package-build.ts';
import { SHELL } from './kinds/shell.ts';
import {
  BICEP_FILE,
  HCL_FILE,
  JSON_FILE,
  PROPERTIES_FILE,
  TOML_FILE,
  XML_FILE,
  YAML_FILE,
} from './kinds/structured.ts';
import type { SourceKind } from './languages/languages.ts';
import type { KindScanner } from './scan-kind.ts';

/**
 * Scanners of files that are no source code (manifests, infrastructure, configuration, notebooks), one file each in `kinds/`, by the name
 * that `file-kinds.ts` gives to such files.
 */
export const KIND_TABLE = {
  npm_manifest: NPM_MANIFEST,
  npm_lock: NPM_LOCK,
  yarn_lock: YARN_LOCK,
  pnpm_lock: PNPM_LOCK,
  deno_manifest: DENO_MANIFEST,
  requirements: REQUIREMENTS,
  pyproject: PYPROJECT,
  pipfile: PIPFILE,
  pipfile_lock: PIPFILE_LOCK,
  python_lock: PYTHON_LOCK,
  conda_environment: CONDA_ENVIRONMENT,
  setup_py: SETUP_PY,
  setup_cfg: SETUP_CFG,
  dotnet_project: DOTNET_PROJECT,
  nuget_lock: NUGET_LOCK,
  paket: PAKET,
  maven_pom: MAVEN_POM,
  gradle: GRADLE,
  version_catalog: VERSION_CATALOG,
  gradle_lock: GRADLE_LOCK,
  go_mod: GO_MOD,
  go_sum: GO_SUM,
  gemfile: GEMFILE,
  gemfile_lock: GEMFILE_LOCK,
  composer: COMPOSER,
  composer_lock: COMPOSER_LOCK,
  cargo: CARGO,
  cargo_lock: CARGO_LOCK,
  swift_package: SWIFT_PACKAGE,
  swift_resolved: SWIFT_RESOLVED,
  xcode_project: XCODE_PROJECT,
  podfile: PODFILE,
  podfile_lock: PODFILE_LOCK,
  cartfile: CARTFILE,
  pubspec: PUBSPEC,
  pubspec_lock: PUBSPEC_LOCK,
  conan: CONAN,
  vcpkg: VCPKG,
  cmake: CMAKE,
  distro_control: DISTRO_CONTROL,
  package_build: PACKAGE_BUILD,
  dockerfile: DOCKERFILE,
  shell: SHELL,
  notebook: NOTEBOOK,
  scripted_markup: SCRIPTED_MARKUP,
  razor: RAZOR,
  json: JSON_FILE,
  yaml: YAML_FILE,
  toml: TOML_FILE,
  xml: XML_FILE,
  properties: PROPERTIES_FILE,
  hcl: HCL_FILE,
  bicep: BICEP_FILE,
} as const satisfies Record<string, KindScanner>;

export type KindName = SourceKind | keyof typeof KIND_TABLE;

/** The scanner of a kind that is no source code. */
export function kindScanner(kind: KindName): KindScanner | undefined {
  const table: Readonly<Record<string, KindScanner>> = KIND_TABLE;
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}
