import type { LedgerEntry } from '../store/ports.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

const PAGE = 1_000;

/** `sightline ledger export` */
export const ledgerExport: Command = {
  name: 'ledger export',
  summary: 'Prints the ledger: every verdict and override decision, one JSON object a line.',
  usage: '',
  details:
    'Each line carries its number, its hash and the hash before it, so that an exported file can be verified on its own: ' +
    'hash = SHA-256 of the JSON list [seq, at, kind, repositoryId, pullRequest, actorId, JSON text of data, previousHash].',
  options: {
    repository: { description: 'of this repository only (its numeric id)', value: 'ID' },
    after: { description: 'only entries after this number', value: 'SEQ' },
    kind: { description: 'only entries of this kind', value: 'KIND', multiple: true },
  },
  examples: [{ command: 'sightline ledger export > ledger.jsonl', says: 'writes the whole ledger into a file' }],
  async run(context, options) {
    const repositoryId = wholeNumber(options.text('repository'), '--repository');
    const kinds = options.texts('kind');
    const filter = { ...(repositoryId === undefined ? {} : { repositoryId }), ...(kinds.length > 0 ? { kinds } : {}) };
    let afterSeq = wholeNumber(options.text('after'), '--after') ?? 0;
    return withStore(context, async ({ ledger }) => {
      for (;;) {
        const page: readonly LedgerEntry[] = await ledger.read({ ...filter, afterSeq, limit: PAGE });
        for (const entry of page) context.stdout.write(`${JSON.stringify(entry)}\n`);
        afterSeq = page.at(-1)?.seq ?? afterSeq;
        if (page.length < PAGE) return EXIT.pass;
      }
    });
  },
};

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new UsageError(`${name} wants a whole number, not '${text}'.`, '');
  return number;
}
