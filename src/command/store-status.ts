import { type Command, EXIT } from './command.ts';
import { showSpan } from './span.ts';
import { withStore } from './with-store.ts';

/** `sightline store status` */
export const storeStatus: Command = {
  name: 'store status',
  summary: "Shows the server's store: where it is, how much waits in its queue, how long its ledger is.",
  usage: '',
  details:
    'Finds the store as the server does: DATABASE_URL, else SIGHTLINE_STORE, else ./data/sightline.db; also from .env.',
  options: {},
  examples: [{ command: 'sightline store status', says: 'shows the store of the server in this folder' }],
  run: (context) =>
    withStore(context, async ({ database, queue, ledger }) => {
      const now = context.now().getTime();
      const { due, running, waiting, dead, oldestAgeMs, pausedInstallations } = await queue.depth(now);
      const [head] = await database.rows('select seq, hash from ledger_head where id = 1');
      const [version] = await database.rows('select max(version) as version from schema_version');
      const [last] = await ledger.read({ afterSeq: Number(head?.seq ?? 0) - 1, limit: 1 });
      const lines = [
        `store     ${database.address} (${database.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, schema ${version?.version})`,
        `queue     ${due} due, ${running} running, ${waiting} waiting for another try, ${dead} dead`,
        `oldest    ${due + running + waiting === 0 ? 'nothing waits' : showSpan(oldestAgeMs)}`,
        `paused    ${pausedInstallations} installations, for rate limits`,
        `ledger    ${head?.seq} entries${last ? `, the last at ${new Date(last.at).toISOString()}, ${last.hash}` : ''}`,
      ];
      if (dead > 0) lines.push("'sightline queue dead' shows what failed on every attempt, and why.");
      context.stdout.write(`${lines.join('\n')}\n`);
      return EXIT.pass;
    }),
};
