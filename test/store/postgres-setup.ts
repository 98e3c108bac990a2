import type { TestProject } from 'vitest/node';
import { findPostgres, type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Empty: this machine has no PostgreSQL, and none was named. */
    readonly postgresUrl: string;
  }
}

/** Rooms whose tests want PostgreSQL; a run of other rooms does not wait for a server. */
const ROOMS = /store|server|command|end-to-end/;

/** Gives the tests a PostgreSQL: the one in TEST_DATABASE_URL, or one started here out of this machine's programs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.TEST_DATABASE_URL;
  const filters = process.argv.slice(2).filter((argument) => argument.startsWith('test/'));
  const wanted = filters.length === 0 || filters.some((filter) => ROOMS.test(filter));
  const bin = named || !wanted ? undefined : findPostgres();
  let server: PostgresServer | undefined;
  if (bin) server = await startPostgres(bin);
  const url = named ?? server?.url ?? '';
  if (wanted && url === '') {
    console.log('PostgreSQL tests: skipped (no server program found; install PostgreSQL or set TEST_DATABASE_URL)');
  }
  project.provide('postgresUrl', url);
  return async () => server?.remove();
}
