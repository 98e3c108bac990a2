import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { showSpan } from './span.ts';
import { withStore } from './with-store.ts';

/** `sightline store status` */
export async function storeStatus(context: CommandContext): Promise<ExitCode> {
  return withStore(context, async ({ database, queue, ledger }) => {
    const now = context.now().getTime();
    const { due, running, waiting, dead, oldestAgeMs, pausedInstallations } = await queue.depth(now);
    const head = await ledger.head();
    const [version] = await database.rows('select max(version) as version from schema_version');
    const [last] = await ledger.read({ afterSeq: head.seq - 1, limit: 1 });
    const lines = [
      `store     ${database.address} (${database.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, schema ${version?.version})`,
      `queue     ${due} due, ${running} running, ${waiting} waiting for another try, ${dead} dead`,
      `oldest    ${due + running + waiting === 0 ? 'nothing waits' : showSpan(oldestAgeMs)}`,
      `paused    ${pausedInstallations} installations, for rate limits`,
      `ledger    ${head.seq} entries${last ? `, the last at ${new Date(last.at).toISOString()}, ${last.hash}` : ''}`,
    ];
    if (dead > 0) lines.push("'sightline queue dead' shows what failed on every attempt, and why.");
    context.stdout.write(`${lines.join('\n')}\n`);
    return EXIT.pass;
  });
}
