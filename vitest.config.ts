import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres-setup.ts', 'test/support/data-setup.ts', 'test/support/compile-setup.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    testTimeout: 60_000,
    // One module graph a worker: no test changes a global, and loading the grammars and the catalog anew for each file took half of the run.
    isolate: false,
    maxWorkers: '100%',
    execArgv: ['--import', new URL('test/support/typescript-hooks.mjs', import.meta.url).href],
    sequence: { shuffle: { files: true } },
  },
});
