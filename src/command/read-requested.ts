import { resolve } from 'node:path';
import { repositoryRoot } from '../git/resolve-ref.ts';
import { type FolderReview, readFolder } from '../git/review-folder.ts';
import { GitError } from '../git/run-git.ts';
import type { FileScan, Scanner } from '../integration/integration.ts';
import { type CommandContext, type ParsedOptions, UsageError } from './command.ts';
import { dayOf } from './policy-input.ts';
import { readOrganisation } from './read-organisation.ts';

/**
 * Reads what the options name, as `FOLDER_OPTIONS` has them.
 *
 * @param known scans of an earlier reading; see `FolderRequest`
 * @throws {UsageError} for what a person can mend
 */
export async function readRequested(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
  { scanner, known = new Map() }: { readonly scanner: Scanner; readonly known?: Map<string, FileScan> },
): Promise<FolderReview> {
  if (args.length > 1) throw new UsageError('more than one PATH is given.', 'Judge one folder at a time.');
  const on = dayOf(context, options);
  const above = await readOrganisation(context, options.text('organisation'));
  const { cwd } = context;
  try {
    const folder = args[0] === undefined ? ((await repositoryRoot(cwd)) ?? cwd) : resolve(cwd, args[0]);
    const [base, head] = [options.text('base'), options.text('head')];
    return await readFolder({ folder, base, head, ...above, on, scanner, known });
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`${error.message}.`, error.remedy);
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES')
    ) {
      throw new UsageError(
        `${args[0] ?? '.'} is no folder that can be read.`,
        'Give the path of a folder that you may read.',
      );
    }
    throw error;
  }
}
