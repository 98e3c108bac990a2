import { clip, oneLine } from '../report/neutralise.ts';
import { count } from '../report/phrases.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions } from './command.ts';
import { withStore } from './with-store.ts';

const MOST = 1_000;

/** `sightline queue dead` */
export async function queueDead(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  return withStore(context, async ({ queue }) => {
    const dead = await queue.dead(MOST);
    if (options.text('format') === 'json') {
      context.stdout.write(`${JSON.stringify(dead, undefined, 2)}\n`);
      return EXIT.pass;
    }
    const entries = dead.map(
      ({ key, attempts, error, deadAt }) =>
        `${key}\n  gave up at ${new Date(deadAt).toISOString()} after ${count(attempts, 'attempt')}: ${clip(oneLine(error), 500)}`,
    );
    const end =
      dead.length === 0
        ? 'No work is dead.'
        : "When the cause is mended: 'sightline queue retry KEY…', or --all of them.";
    context.stdout.write(`${[...entries, end].join('\n')}\n`);
    return EXIT.pass;
  });
}
