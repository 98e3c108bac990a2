import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { withStore } from './with-store.ts';

/** `sightline queue retry` */
export async function queueRetry(
  context: CommandContext,
  options: ParsedOptions,
  keys: readonly string[],
): Promise<ExitCode> {
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
}
