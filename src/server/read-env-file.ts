import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './given.ts';

/**
 * The environment, filled up from `.env` in `folder` if there is one. What is set in the environment wins.
 * @throws Error if there is such a file and it cannot be read
 */
export function withEnvFile(env: Environment, folder: string): Environment {
  try {
    return { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...env };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return env;
    throw error;
  }
}
