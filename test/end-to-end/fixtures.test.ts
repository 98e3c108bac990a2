import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFixtures } from '../github/load/fixture.ts';
import { type LocalGitHub, startLocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { renderText } from '../github/view/render-text.ts';
import { type CompiledSource, compileSource } from '../server/crash/compiled-source.ts';
import { normalise } from './normalise.ts';
import { playFixture } from './play-fixture.ts';
import { registerApp } from './register-app.ts';
import { type RunningApp, startApp } from './start-app.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

/** Every fixture through the real app: a process of its own, real tokens, signed webhooks, the embedded store. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const UPDATE = process.env.UPDATE_GOLDEN === '1';
const IDLE_MS = 60_000;

/** The day of all golden files: policies come into force and overrides end by it. */
const START = Date.parse('2026-11-23T12:00:00Z');
const clockShiftMs = START - Date.now();

const fixtures = readFixtures(join(ROOT, 'fixtures/pull-requests'));

let github: LocalGitHub;
let app: App;
let running: RunningApp;
let compiled: CompiledSource;

beforeAll(async () => {
  github = await startLocalGitHub({ clock: () => Date.now() + clockShiftMs });
  const registered = registerApp(github, join(ROOT, 'app.yml'));
  app = registered.app;
  compiled = compileSource();
  const entry = join(compiled.folder, 'server/main.js');
  running = await startApp({ github, app, privateKey: registered.privateKey, entry, clockShiftMs });
}, 60_000);

afterAll(async () => {
  await running?.stop();
  await github?.close();
  compiled?.remove();
});

describe('pull requests', () => {
  it.each(fixtures)('$name', { timeout: 120_000 }, async (fixture) => {
    const settle = () => waitUntilIdle(github, running, IDLE_MS);
    for await (const { name, view, requests } of playFixture(github, app, fixture, settle)) {
      const file = join(fixture.folder, 'expected', `${name}.md`);
      const text = `${normalise(renderText(view), github.host)}\n${requests} API requests\n`;
      if (UPDATE) {
        mkdirSync(join(fixture.folder, 'expected'), { recursive: true });
        writeFileSync(file, text);
      }
      expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `no ${file}: run with UPDATE_GOLDEN=1`);
    }
    expect(github.violations).toEqual([]);
  });
});
