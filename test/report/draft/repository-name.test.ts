import { expect, it } from 'vitest';
import { repositoryName } from '../../../src/report/draft/repository-name.ts';

const FOLDER = 'checkout';

it.each([
  ['https://github.com/acme/badge-kiosk.git', 'badge-kiosk'],
  ['git@github.com:acme/badge-kiosk', 'badge-kiosk'],
  ['/srv/git/badge-kiosk/', 'badge-kiosk'],
  ['C:\\git\\badge-kiosk.git', 'badge-kiosk'],
  ['host:', FOLDER],
])('is that of the remote: %s', (remote, name) => {
  expect(repositoryName({ remote, manifest: () => undefined, folder: FOLDER })).toBe(name);
});

it.each([
  ['package.json', '{\n  "version": "1",\n  "name": "@acme/badge-kiosk"\n}'],
  ['composer.json', '{\n    "name": "acme/badge-kiosk"\n}'],
  ['pyproject.toml', '[project]\nname = "badge-kiosk"\n'],
  ['Cargo.toml', '[package]\nname = "badge-kiosk"'],
  ['go.mod', '// the kiosk\nmodule github.com/acme/badge-kiosk/v2\n\ngo 1.23\n'],
  ['pubspec.yaml', 'name: badge-kiosk\n'],
  ['settings.gradle', "rootProject.name = 'badge-kiosk'"],
  ['settings.gradle.kts', 'rootProject.name = "badge-kiosk"'],
])('is that which %s gives, where there is no remote', (file, text) => {
  const manifest = (asked: string) => (asked === file ? text : undefined);
  expect(repositoryName({ manifest, folder: FOLDER })).toBe('badge-kiosk');
});

it('is that of the folder where nothing else names it', () => {
  const manifest = (file: string) =>
    file === 'package.json' ? `{"private": true, "x": "${'x'.repeat(500)}"}` : undefined;
  expect(repositoryName({ manifest, folder: FOLDER })).toBe(FOLDER);
});
