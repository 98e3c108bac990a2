import type { FileScan } from '../integration/integration.ts';
import type { NotSeen } from './verdict.ts';

/**
 * One commit's tree as the review sees it. `documents` holds the text of every declaration, configuration and policy file
 * (chosen by the configured places); `scans` every file that the scanner reads.
 */
export interface RepositoryState {
  readonly sha: string;
  /** All paths of the tree with blob ids; symbolic links and submodules apart. */
  readonly paths: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, string>;
  readonly scans: ReadonlyMap<string, FileScan>;
  readonly notSeen: readonly NotSeen[];
}

/** One changed file of the pull request, both paths of a rename. */
export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';
  /** Unified diff hunks as GitHub gives them; absent for binary, too large, pure renames. */
  readonly patch?: string;
}
