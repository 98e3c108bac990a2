import { resolve } from 'node:path';
import { count } from '../../report/phrases.ts';
import { isPostgres } from '../../store/open-store.ts';
import { StoreError } from '../../store/store-error.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { lookIntoStore } from './look-into-store.ts';

const OLD_MS = 15 * 60_000;

/** Whether the store answers, and whether work moves. */
export const checkStore: Check = {
  name: 'Store',
  async run({ settings, now }) {
    try {
      const location = isPostgres(settings.store) ? settings.store : resolve(settings.store);
      const seen = await lookIntoStore(location, async ({ queue, database }) => ({
        address: database.address,
        ...(await queue.depth(now())),
      }));
      if (!seen) return [ok(`${location} is made when the server starts`)];
      const { address, due, waiting, dead, oldestAgeMs } = seen;
      const open = due + waiting;
      return [
        ok(`${address} answers`),
        dead > 0
          ? problem(
              `${count(dead, 'piece')} of work failed on every attempt`,
              "See why: 'sightline queue dead'; then 'sightline queue retry'",
            )
          : ok('No work is dead'),
        open > 0 && oldestAgeMs > OLD_MS
          ? warning(
              `The oldest work has been waiting for ${Math.round(oldestAgeMs / 60_000)} min`,
              'Does the server run? Its log says what it waits for',
            )
          : ok(
              open === 0
                ? 'Nothing waits'
                : open === 1
                  ? '1 piece of work waits, and not for long'
                  : `${open} pieces of work wait, none for long`,
            ),
      ];
    } catch (error) {
      if (error instanceof StoreError) return [problem(error.problem, error.advice)];
      throw error;
    }
  },
};
