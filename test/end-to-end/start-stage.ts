import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { openSqlite } from '../../src/store/sqlite-driver.ts';
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { registerApp } from './register-app.ts';
import { type RunningApp, startApp, waitUntilSwept } from './start-app.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The day of all end-to-end tests: policies come into force and overrides end by it. */
const START = Date.parse('2026-11-23T12:00:00Z');

/** A local GitHub and the real app on it: a process of its own, real tokens, signed webhooks, the embedded store. */
export interface AppStage {
  readonly github: LocalGitHub;
  readonly app: App;
  readonly running: RunningApp;
  /** Waits until the app has done all that it does. */
  settle(): Promise<void>;
  /** Empties the app's cache, so that what comes costs what it costs at first sight, whatever was played before. */
  forget(): void;
  stop(): Promise<void>;
}

/** Starts both. */
export async function startStage(options: LocalGitHubOptions = {}, idleMs = 60_000): Promise<AppStage> {
  const clockShiftMs = START - Date.now();
  const github = await startLocalGitHub({ clock: () => Date.now() + clockShiftMs, ...options });
  const { app, privateKey } = registerApp(github, join(ROOT, 'app.yml'));
  const entry = join(inject('compiledSource'), 'server/main.js');
  const running = await startApp({ github, app, privateKey, entry, clockShiftMs });
  await waitUntilSwept(running);
  return {
    github,
    app,
    running,
    settle: () => waitUntilIdle(github, running, idleMs),
    forget() {
      const store = openSqlite(running.storeFile);
      store.exec('delete from cache');
      store.close();
    },
    async stop() {
      await running.stop();
      await github.close();
    },
  };
}
