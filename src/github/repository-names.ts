import type { Cache, Mark } from '../store/ports.ts';
import { GitHubError, isGitHubError } from './github-error.ts';
import type { Octokit } from './octokit.ts';
import type { RepositoryAddress } from './read-state.ts';

/** Work is kept by repository id, GitHub's API wants the present name. */
export interface RepositoryNames {
  /** By the name that the mark brings, or as known. Throws `gone` where the installation can't see the repository (any more). */
  addressOf(mark: Pick<Mark, 'installationId' | 'repositoryId' | 'repositoryName'>): Promise<RepositoryAddress>;
  /** Like `addressOf`, but asks GitHub: what was known turned out wrong. */
  askAgain(installationId: number, repositoryId: number): Promise<RepositoryAddress>;
}

/** Where names are cached, by repository id. */
export const REPOSITORY_NAME_KIND = 'repository_name';

/**
 * Names by id; those that no event brought are asked of GitHub once: a token for one repository comes back with that repository's name
 * (https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app). There is no documented way to
 * get a repository by its id.
 * @param app a client of the app itself, guarded
 */
export function repositoryNames(app: () => Promise<Octokit>, cache: Cache, now: () => number): RepositoryNames {
  async function askAgain(installationId: number, repositoryId: number): Promise<RepositoryAddress> {
    const octokit = await app();
    const { data } = await octokit.rest.apps
      .createInstallationAccessToken({
        installation_id: installationId,
        repository_ids: [repositoryId],
        permissions: { metadata: 'read' },
      })
      .catch((error: unknown) => {
        if (!isGitHubError(error, 'refused')) throw error;
        throw new GitHubError('gone', `Installation ${installationId} does not have repository ${repositoryId}.`);
      });
    const fullName = data.repositories?.find(({ id }) => id === repositoryId)?.full_name;
    if (!fullName) throw new GitHubError('unavailable', `GitHub did not name repository ${repositoryId}.`);
    await cache.putMany(REPOSITORY_NAME_KIND, new Map([[String(repositoryId), fullName]]), now());
    return split(fullName);
  }
  return {
    askAgain,
    async addressOf({ installationId, repositoryId, repositoryName }) {
      if (repositoryName !== undefined && /^[^/]+\/[^/]+$/.test(repositoryName)) return split(repositoryName);
      const key = String(repositoryId);
      const known = (await cache.getMany(REPOSITORY_NAME_KIND, [key])).get(key);
      return known ? split(known) : askAgain(installationId, repositoryId);
    },
  };
}

function split(fullName: string): RepositoryAddress {
  const [owner = '', name = ''] = fullName.split('/');
  return { owner, name };
}
