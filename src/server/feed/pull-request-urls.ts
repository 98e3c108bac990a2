import { REPOSITORY_NAME_KIND } from '../../github/repository-names.ts';
import type { Store } from '../../store/open-store.ts';
import type { LedgerEntry } from '../../store/ports.ts';

/** As GitHub allows them; what stands in a link is not left to chance. */
const FULL_NAME = /^[\w.-]+\/[\w.-]+$/;

/**
 * Makes a function that gives the address of an entry's pull request by what the store knows of its repository's name;
 * undefined where it knows none. GitHub is not asked. Each repository is looked up once.
 * @param webUrl where people look at GitHub, without a slash at its end
 */
export function pullRequestUrls(
  store: Pick<Store, 'cache' | 'lastSeenName'>,
  webUrl: string,
): (entry: Pick<LedgerEntry, 'repositoryId' | 'pullRequest'>) => Promise<string | undefined> {
  const names = new Map<number, string | undefined>();
  async function nameOf(repositoryId: number): Promise<string | undefined> {
    const key = String(repositoryId);
    return (
      (await store.lastSeenName(repositoryId)) ?? (await store.cache.getMany(REPOSITORY_NAME_KIND, [key])).get(key)
    );
  }
  return async ({ repositoryId, pullRequest }) => {
    if (pullRequest === undefined) return undefined;
    if (!names.has(repositoryId)) names.set(repositoryId, await nameOf(repositoryId));
    const name = names.get(repositoryId);
    return name !== undefined && FULL_NAME.test(name) ? `${webUrl}/${name}/pull/${pullRequest}` : undefined;
  };
}
