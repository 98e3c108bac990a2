/** Folders that hold other people's code, or what a tool made, by name; with `beside`, only where one of these files stands beside them. */
const PASSED_OVER: readonly { readonly names: readonly string[]; readonly beside?: RegExp }[] = [
  {
    names: [
      ...['node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store'],
      ...['.venv', 'venv', 'virtualenv', 'site-packages', '__pycache__', '.tox', '.nox', '.eggs'],
      ...['vendor', 'third_party', 'Pods', 'Carthage', 'DerivedData', '.dart_tool', '.pub-cache'],
      ...['.gradle', '.terraform', '.next', '.nuxt', '.svelte-kit', '.parcel-cache'],
    ],
  },
  { names: ['dist', 'out', 'build'], beside: /^package\.json$/ },
  { names: ['build', 'dist'], beside: /^(?:build\.gradle(?:\.kts)?|setup\.py|pubspec\.yaml|CMakeLists\.txt)$/ },
  { names: ['target'], beside: /^(?:Cargo\.toml|pom\.xml|build\.sbt)$/ },
  { names: ['bin', 'obj'], beside: /\.(?:cs|fs|vb)proj$/ },
];

/** Whether a folder is passed over for its name, among the files that stand beside it. */
export function isPassedOver(name: string, beside: readonly string[]): boolean {
  return PASSED_OVER.some(
    (row) => row.names.includes(name) && (row.beside === undefined || beside.some((file) => row.beside?.test(file))),
  );
}
