import { clip, oneLine } from '../report/neutralise.ts';
import { type Command, EXIT } from './command.ts';
import { withStore } from './with-store.ts';

const MOST = 1_000;

/** `sightline queue dead` */
export const queueDead: Command = {
  name: 'queue dead',
  summary: 'Lists the work that failed on every attempt, and why.',
  usage: '',
  details:
    'Nothing of it is lost: a new event for the same pull request takes it up again, and so does `sightline queue retry`.',
  options: { format: { description: 'how to print it', value: 'FORMAT', allowed: ['text', 'json'] } },
  examples: [{ command: 'sightline queue dead', says: 'shows what waits for somebody to look at it' }],
  run: (context, options) =>
    withStore(context, async ({ queue }) => {
      const dead = await queue.dead(MOST);
      if (options.text('format') === 'json') {
        context.stdout.write(`${JSON.stringify(dead, undefined, 2)}\n`);
        return EXIT.pass;
      }
      const entries = dead.map(
        ({ key, attempts, error, deadAt }) =>
          `${key}\n  gave up at ${new Date(deadAt).toISOString()} after ${attempts} attempts: ${clip(oneLine(error), 500)}`,
      );
      const end =
        dead.length === 0
          ? 'No work is dead.'
          : "When the cause is mended: 'sightline queue retry KEY…', or --all of them.";
      context.stdout.write(`${[...entries, end].join('\n')}\n`);
      return EXIT.pass;
    }),
};
