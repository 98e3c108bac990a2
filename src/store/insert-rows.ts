import type { Connection, Row, Value } from './database.ts';
import { placeholders } from './database.ts';

/** Rows of one statement at most: with a dozen columns still far from what either engine takes in values. */
const MOST_ROWS = 64;

/** An `insert` without its rows: what stands before `values`, and what behind them. */
export interface Insertion {
  readonly into: string;
  readonly onConflict: string;
}

/**
 * Inserts rows, in their order, with few statements: the largest powers of two that fit, so that there are few texts to prepare.
 * @returns what `returning` gives, in no order
 */
export async function insertRows(
  connection: Connection,
  { into, onConflict }: Insertion,
  rows: readonly (readonly Value[])[],
): Promise<readonly Row[]> {
  const given: Row[] = [];
  for (let start = 0; start < rows.length; ) {
    const count = Math.min(MOST_ROWS, 2 ** Math.floor(Math.log2(rows.length - start)));
    const portion = rows.slice(start, start + count);
    const tuples: string[] = [];
    for (let row = 0, first = 1; row < count; first += portion[row]?.length ?? 0, row += 1)
      tuples.push(`(${placeholders(portion[row]?.length ?? 0, first)})`);
    given.push(...(await connection.rows(`${into} values ${tuples.join(', ')} ${onConflict}`, portion.flat())));
    start += count;
  }
  return given;
}
