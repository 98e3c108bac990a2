import { csvLine } from '../report/csv.ts';
import type { LedgerEntry } from '../store/ports.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

const PAGE = 1_000;

const COLUMNS = [
  'seq',
  'at',
  'kind',
  'repositoryId',
  'pullRequest',
  'actorId',
  'data',
  'previousHash',
  'hash',
] as const;

const FORMATS = {
  jsonl: (entry: LedgerEntry) => JSON.stringify(entry),
  csv: (entry: LedgerEntry) =>
    csvLine(
      COLUMNS.map((name) =>
        name === 'data' ? JSON.stringify(entry.data) : name === 'at' ? new Date(entry.at).toISOString() : entry[name],
      ),
    ),
};

/** `sightline ledger export` */
export async function ledgerExport(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const repositoryId = wholeNumber(options.text('repository'), '--repository');
  const kinds = options.texts('kind');
  const filter = { ...(repositoryId === undefined ? {} : { repositoryId }), ...(kinds.length > 0 ? { kinds } : {}) };
  const lineOf = FORMATS[options.text('format') === 'csv' ? 'csv' : 'jsonl'];
  let afterSeq = wholeNumber(options.text('after'), '--after') ?? 0;
  return withStore(context, async ({ ledger }) => {
    if (options.text('format') === 'csv') context.stdout.write(`${csvLine(COLUMNS)}\n`);
    for (;;) {
      const page: readonly LedgerEntry[] = await ledger.read({ ...filter, afterSeq, limit: PAGE });
      for (const entry of page) context.stdout.write(`${lineOf(entry)}\n`);
      afterSeq = page.at(-1)?.seq ?? afterSeq;
      if (page.length < PAGE) return EXIT.pass;
    }
  });
}

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new UsageError(`${name} wants a whole number, not '${text}'.`, '');
  return number;
}
