import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres-setup.ts'],
    testTimeout: 20_000,
    execArgv: ['--import', new URL('test/support/typescript-hooks.mjs', import.meta.url).href],
    sequence: { shuffle: { files: true } },
  },
});
