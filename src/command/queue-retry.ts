import { type Command, EXIT, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

/** `sightline queue retry` */
export const queueRetry: Command = {
  name: 'queue retry',
  summary: 'Takes work up again that failed on every attempt.',
  usage: '[KEY…]',
  details: 'A running server notices at once. `sightline queue dead` lists the keys.',
  options: { all: { description: 'everything that is dead' } },
  examples: [
    {
      command: 'sightline queue retry pull_request/4711/12',
      says: 'evaluates pull request 12 of repository 4711 again',
    },
    { command: 'sightline queue retry --all', says: 'after an outage' },
  ],
  async run(context, options, keys) {
    if (options.has('all') === keys.length > 0) {
      throw new UsageError('name keys, or say --all.', "'sightline queue dead' lists the keys.");
    }
    return withStore(context, async ({ queue }) => {
      const now = context.now().getTime();
      const retried = await (options.has('all') ? queue.retryDead(now) : queue.retryDead(now, keys));
      context.stdout.write(`${retried} back in the queue.\n`);
      const missing = options.has('all') ? 0 : keys.length - retried;
      if (missing > 0)
        throw new UsageError(`${missing} of the keys are not dead.`, "'sightline queue dead' lists those that are.");
      return EXIT.pass;
    });
  },
};
