import type { Database } from './database.ts';
import { text } from './database.ts';
import type { Mark } from './ports.ts';

/** Not every mark brings the name; the newest few do for any repository that something happens in. */
const NEWEST = `select mark from work where repository_id = $1 order by marked_at desc limit 20`;

/** `owner/name` of a repository as an event last brought it, while its work is kept; undefined: none is known. */
export async function lastSeenName(database: Database, repositoryId: number): Promise<string | undefined> {
  for (const row of await database.rows(NEWEST, [repositoryId])) {
    const { repositoryName } = JSON.parse(text(row, 'mark')) as Mark;
    if (repositoryName !== undefined) return repositoryName;
  }
  return undefined;
}
