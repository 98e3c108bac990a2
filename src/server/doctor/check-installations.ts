import { readAppFile } from '../app-manifest.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { compareGrants, type Grants } from './compare-grants.ts';

/** Whether the accounts that installed the App have granted what it asks for by now. */
export const checkInstallations: Check = {
  name: 'Installations',
  async run({ app }) {
    const { data } = await app.request('GET /app/installations', { per_page: 100 });
    if (data.length === 0)
      return [warning('The App is installed nowhere', "Install it: the App's page, /installations/new")];
    const wanted = readAppFile().default_permissions;
    return data.map((installation) => {
      const account =
        installation.account && 'login' in installation.account ? installation.account.login : installation.id;
      if (installation.suspended_at)
        return warning(`${account} has suspended the App`, `Its owners can lift that: ${installation.html_url}`);
      // Permissions of organisations are not granted to installations of persons.
      const needed = installation.target_type === 'User' ? without(wanted, 'members') : wanted;
      const { missing } = compareGrants(needed, installation.permissions as Grants);
      if (missing.length === 0) return ok(`${account} has granted all permissions`);
      return problem(
        `${account} has not granted: ${missing.join(', ')}`,
        `An owner must accept them: ${installation.html_url}`,
      );
    });
  },
};

function without(grants: Grants, name: string): Grants {
  return Object.fromEntries(Object.entries(grants).filter(([each]) => each !== name));
}
