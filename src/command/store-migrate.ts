import { resolve } from 'node:path';
import { copyStore } from '../store/copy-store.ts';
import { isPostgres, openStore } from '../store/open-store.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { existingStore, readableErrors } from './with-store.ts';

/** `sightline store migrate` */
export async function storeMigrate(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  return readableErrors(async () => {
    const target = options.text('to');
    const location = existingStore(context);
    const from = await openStore(location);
    try {
      if (target === undefined) context.stdout.write(`${from.database.address} is up to date.\n`);
      else await copyTo(context, from, isPostgres(target) ? target : resolve(context.cwd, target));
      return EXIT.pass;
    } finally {
      await from.close();
    }
  });
}

async function copyTo(
  context: CommandContext,
  from: Awaited<ReturnType<typeof openStore>>,
  target: string,
): Promise<void> {
  const to = await openStore(target);
  try {
    if (to.database.address === from.database.address) {
      throw new UsageError('the store cannot be copied into itself.', 'Name another one with --to.');
    }
    const copied = await copyStore(from.database, to.database, (table, rows) => {
      if (context.stderr.isTTY) context.stderr.write(`\r\u001b[K${table}: ${rows}`);
    });
    if (context.stderr.isTTY) context.stderr.write('\r\u001b[K');
    const rows = Object.entries(copied).map(([table, count]) => `  ${table.padEnd(14)}${count}`);
    const verification = await to.verifyLedger();
    const ledger = verification.intact
      ? `The ledger is intact: ${verification.entries} entries.`
      : `The ledger is NOT intact at entry ${verification.seq}: ${verification.reason}. 'sightline ledger verify' tells whether the old one is.`;
    const next = isPostgres(target) ? 'set DATABASE_URL to it' : `set SIGHTLINE_STORE=${target}`;
    context.stdout.write(
      `Copied to ${to.database.address}:\n${rows.join('\n')}\n${ledger}\nNow ${next} and start the server.\n`,
    );
  } finally {
    await to.close();
  }
}
