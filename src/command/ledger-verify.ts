import { type Command, EXIT, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

/** `sightline ledger verify` */
export const ledgerVerify: Command = {
  name: 'ledger verify',
  summary: 'Recomputes the whole chain of the ledger and says whether anything was changed, removed or inserted.',
  usage: '',
  details:
    'Somebody who can write to the database could rebuild the whole chain. Note its end now and then somewhere else, and give ' +
    'it back with --noted: then even that is found. Exit code 1 if the ledger is not intact.',
  options: { noted: { description: 'an entry that was noted earlier', value: 'SEQ:HASH' } },
  examples: [
    { command: 'sightline ledger verify', says: 'verifies the ledger and prints its end, to be noted' },
    { command: 'sightline ledger verify --noted 4711:9f86…', says: 'also finds a ledger that was rebuilt' },
  ],
  async run(context, options) {
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
  },
};

function readNoted(text: string | undefined): { readonly seq: number; readonly hash: string } | undefined {
  if (text === undefined) return undefined;
  const parts = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text);
  if (!parts?.[2])
    throw new UsageError(`'${text}' is no noted entry.`, "Give back what 'sightline ledger verify' printed: SEQ:HASH.");
  return { seq: Number(parts[1]), hash: parts[2] };
}
