import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** Long runs (`npm run soak`): minutes, with both cores to themselves. */
export default defineConfig({
  test: { ...everyday.test, include: ['test/**/*.soak.ts'], setupFiles: [], fileParallelism: false },
});
