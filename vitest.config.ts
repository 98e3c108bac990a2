import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres-setup.ts'],
    testTimeout: 20_000,
    sequence: { shuffle: { files: true } },
  },
});
