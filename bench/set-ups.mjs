import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLocalGitHub } from './build-local-github.mjs';

/** The ways to run Sightline that are compared, side by side in one run. */
const SET_UPS = [
  { name: 'SQLite, 1 process', engine: 'sqlite', processes: 1 },
  { name: 'PostgreSQL, 1 process', engine: 'postgres', processes: 1 },
  { name: 'PostgreSQL, 2 processes', engine: 'postgres', processes: 2 },
  { name: 'PostgreSQL, 4 processes', engine: 'postgres', processes: 4 },
];

/**
 * Does `measure` for each set-up, with a fresh store and with fsync on, and gives what it measured with the set-up's name and the
 * ratio to the first. PostgreSQL is started from this machine's programs; without them its rows are left out, aloud.
 */
export async function onEachSetUp(measure) {
  buildLocalGitHub();
  const { findPostgres, startPostgres } = await import('../build/test/store/postgres-server.js');
  const bin = findPostgres();
  if (!bin) console.log('  PostgreSQL: skipped (no server program found; install PostgreSQL)');
  const rows = [];
  for (const setUp of SET_UPS.filter(({ engine }) => engine === 'sqlite' || bin)) {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
    const postgres = setUp.engine === 'postgres' ? await startPostgres(bin, { durable: true }) : undefined;
    try {
      rows.push({ setUp, measured: await measure({ ...setUp, location: postgres?.url ?? join(folder, 'store.db') }) });
    } finally {
      await postgres?.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows.flatMap(({ setUp, measured }) =>
    measured.map((row, index) => ({
      ...row,
      what: `${setUp.name}: ${row.what}`,
      ratio: ratio(row, rows[0].measured[index]),
    })),
  );
}

function ratio({ value }, first) {
  return first && first.value > 0 && value !== first.value ? value / first.value : undefined;
}
