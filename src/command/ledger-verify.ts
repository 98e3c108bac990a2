import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

/** `sightline ledger verify` */
export async function ledgerVerify(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const noted = readNoted(options.text('noted'));
  return withStore(context, async (store) => {
    const found = await store.verifyLedger(noted);
    if (found.intact) {
      const { seq, hash } = found.head;
      context.stdout.write(
        seq === 0
          ? 'The ledger is empty.\n'
          : `The ledger is intact: ${found.entries} entries.\nIts end, to be noted: ${seq}:${hash}\n`,
      );
      return EXIT.pass;
    }
    context.stdout.write(
      `The ledger is NOT intact at entry ${found.seq}: ${found.reason}.\n` +
        'Keep this database as evidence and compare it with a backup or an export (sightline ledger export).\n',
    );
    return EXIT.blocked;
  });
}

function readNoted(text: string | undefined): { readonly seq: number; readonly hash: string } | undefined {
  if (text === undefined) return undefined;
  const parts = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text);
  if (!parts?.[2])
    throw new UsageError(`'${text}' is no noted entry.`, "Give back what 'sightline ledger verify' printed: SEQ:HASH.");
  return { seq: Number(parts[1]), hash: parts[2] };
}
