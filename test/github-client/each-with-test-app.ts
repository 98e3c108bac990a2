import { afterEach, beforeEach, expect } from 'vitest';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

/** A repository with a clean file and one that identifies faces already. */
export const FACES_ALREADY: TestAppOptions = {
  files: { 'README.md': '# Widgets\n', 'src/a.py': 'print(1)\n', 'src/old.py': 'FACE:old()\n' },
};

/** Starts an app before each test of the file and hands it to `take`; after the test ends it and demands that GitHub's description was kept. */
export function eachWithTestApp(options: TestAppOptions, take: (app: TestApp) => void): void {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp(options);
    take(app);
  });
  afterEach(async () => {
    expect(app.scene.github.violations).toEqual([]);
    await app.close();
  });
}
