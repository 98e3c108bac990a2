import { entriesOf, entryValue, itemsOf, textOf, valueAt } from '../../data/data-node.ts';
import { readToml } from '../../data/read-toml.ts';
import { readYaml } from '../../data/read-yaml.ts';
import type { Dependency } from '../../package-index.ts';
import { withoutComments } from './jvm.ts';
import { json, keyAsName, keysAsNames, manifest, namesInLines, namesInText, textAsName } from './manifest.ts';
import { lockedNames } from './python.ts';

/** `go.mod`: required modules. */
export const GO_MOD = manifest((text) =>
  namesInLines('go', text, /^\s*(?:require\s+)?([\w.-]+\.[\w-]+\/[\w./~-]+)\s+v\d/),
);

/** `go.sum`: modules whose content is used; lines that only pin a `go.mod` are left out. */
export const GO_SUM = manifest((text) => namesInLines('go', text, /^([\w.-]+\.[\w-]+\/[\w./~-]+) v[^\s/]+ h1:/));

/** `Gemfile`, `*.gemspec`. */
export const GEMFILE = manifest((text) => [
  ...namesInLines('rubygems', text, /^\s*gem[\s(]+["']([\w.-]+)["']/),
  ...namesInLines('rubygems', text, /^[^#]{0,200}\.add_(?:runtime_|development_)?dependency[\s(]+["']([\w.-]+)["']/),
]);

/** `Gemfile.lock`. */
export const GEMFILE_LOCK = manifest((text) => namesInLines('rubygems', text, /^ {4}([\w.-]+)(?: \(|$)/));

/** `composer.json`. */
export const COMPOSER = manifest((text) => {
  const root = json(text);
  return keysAsNames('composer', entryValue(root, 'require'), entryValue(root, 'require-dev'));
});

/** `composer.lock`. */
export const COMPOSER_LOCK = manifest((text) => {
  const root = json(text);
  const packages = [...itemsOf(entryValue(root, 'packages')), ...itemsOf(entryValue(root, 'packages-dev'))];
  return packages.flatMap((item) => textAsName('composer', entryValue(item, 'name')));
});

const CARGO_SECTIONS = ['dependencies', 'dev-dependencies', 'build-dependencies'] as const;

/** `Cargo.toml`: of the package, its targets and its workspace. */
export const CARGO = manifest((text) => {
  const root = readToml(text);
  const targets = entriesOf(entryValue(root, 'target')).map((entry) => entry.value);
  const holders = [root, entryValue(root, 'workspace'), ...targets];
  const entries = holders.flatMap((holder) =>
    CARGO_SECTIONS.flatMap((section) => entriesOf(entryValue(holder, section))),
  );
  return entries.map((entry) => keyAsName('cargo', entry, textOf(entryValue(entry.value, 'package')) ?? entry.key));
});

/** `Cargo.lock`. */
export const CARGO_LOCK = manifest((text) => lockedNames(text).flatMap((name) => textAsName('cargo', name)));

const SWIFT_URL = /\burl:\s*"[^"\n]{0,300}?\/([\w.-]+?)(?:\.git)?"/g;

/** `Package.swift`: repositories and products. */
export const SWIFT_PACKAGE = manifest((written) => {
  const text = withoutComments(written);
  return [
    ...namesInText('swift', text, SWIFT_URL),
    ...namesInText('swift', text, /\.product\(\s*name:\s*"([\w.-]+)"/g),
  ];
});

/** `Package.resolved` of every version. */
export const SWIFT_RESOLVED = manifest((text) => {
  const root = json(text);
  const pins = [...itemsOf(entryValue(root, 'pins')), ...itemsOf(valueAt(root, 'object', 'pins'))];
  return pins.flatMap((pin) => [
    ...textAsName('swift', entryValue(pin, 'location')),
    ...textAsName('swift', entryValue(pin, 'repositoryURL')),
  ]);
});

/** `project.pbxproj` of Xcode: repositories of packages. */
export const XCODE_PROJECT = manifest((text) =>
  namesInLines('swift', text, /^\s*repositoryURL = "[^"\n]{0,300}\/([\w.-]+?)(?:\.git)?";/),
);

/** `Podfile`, `*.podspec`. */
export const PODFILE = manifest((text) => [
  ...namesInLines('cocoapods', text, /^\s*pod[\s(]+["']([\w./+-]+)["']/),
  ...namesInLines('cocoapods', text, /^[^#]{0,200}\.dependency[\s(]+["']([\w./+-]+)["']/),
]);

/** `Podfile.lock`: `  - Name/Sub (1.0)`. */
export const PODFILE_LOCK = manifest((text) => namesInLines('cocoapods', text, /^ {2}- "?([\w./+-]+)(?: \(|"?:?$)/));

/** `Cartfile`, `Cartfile.resolved`: repositories. */
export const CARTFILE = manifest((text) => namesInLines('swift', text, /^\s*(?:github|git)\s+"([^"\n]{1,300})"/));

/** `pubspec.yaml`. */
export const PUBSPEC = manifest((text) => {
  const root = readYaml(text);
  return keysAsNames('pub', entryValue(root, 'dependencies'), entryValue(root, 'dev_dependencies'));
});

/** `pubspec.lock`. */
export const PUBSPEC_LOCK = manifest((text) => keysAsNames('pub', entryValue(readYaml(text), 'packages')));

/** `conanfile.txt` and `conanfile.py`: `name/version`. */
export const CONAN = manifest((text) => namesInText('conan', text, /(?:^|["'\s])([a-z][\w+.-]{1,100})\/\[?[~>=]*\d/gm));

/** `vcpkg.json`: names, or maps with a name. */
export const VCPKG = manifest((text) =>
  itemsOf(entryValue(json(text), 'dependencies')).flatMap((item) =>
    textAsName('vcpkg', item.kind === 'text' ? item : entryValue(item, 'name')),
  ),
);

const FIND_PACKAGE = /^[ \t]*find_package\s*\(\s*([\w.+-]+)([^)]{0,1000})/gim;

/** `CMakeLists.txt`, `meson.build`: packages that are looked for; components of the AWS SDK are packages of their own. */
export const CMAKE = manifest((text) => [
  ...namesInText('vcpkg', text, FIND_PACKAGE),
  ...awsComponents(text),
  ...namesInText('vcpkg', text, /\bdependency\(\s*'([\w.+-]+)'/g),
]);

const MAX_VARIABLES = 8;

/** Components of the AWS SDK, also where a variable of the same file lists them. */
function awsComponents(text: string): Dependency[] {
  const found = [...text.matchAll(FIND_PACKAGE)].filter((match) => /^AWSSDK$/i.test(match[1] ?? ''));
  return found.flatMap((match) => {
    const listed = [{ text: match[2] ?? '', start: match.index + match[0].length - (match[2]?.length ?? 0) }];
    for (const name of [...(match[2] ?? '').matchAll(/\$\{(\w{1,100})\}/g)].slice(0, MAX_VARIABLES)) {
      const set = new RegExp(`\\bset\\s*\\(\\s*${name[1]}\\s([^)]{0,1000})`, 'i').exec(text);
      if (set !== null) listed.push({ text: set[1] ?? '', start: set.index + set[0].length - (set[1]?.length ?? 0) });
    }
    return listed.flatMap(componentNames);
  });
}

function componentNames({ text, start }: { text: string; start: number }): Dependency[] {
  return [...text.matchAll(/[\w-]+/g)].map((word) => {
    const at = start + word.index;
    return { ecosystem: 'vcpkg', name: `aws-cpp-sdk-${word[0]}`, start: at, end: at + word[0].length };
  });
}

/** `debian/control`, spec files of RPM: names behind `Depends:`, `Requires:`. */
export const DISTRO_CONTROL = manifest((text) =>
  [
    ...text.matchAll(/^(?:Build-|Pre-)?(?:Depends|Recommends|Requires|BuildRequires)[^:\n]{0,40}:(.{0,2000})/gim),
  ].flatMap((match) => {
    const start = match.index + match[0].length - (match[1]?.length ?? 0);
    const names = [...namesInText('debian', match[1] ?? '', /(?:^|,)\s*([a-z0-9][\w.+-]+)/g)];
    return names.map((name) => ({ ...name, start: name.start + start, end: name.end + start }));
  }),
);
