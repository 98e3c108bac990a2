import type { FileScan, Scanner } from '../integration/integration.ts';
import { notInTree } from '../review/not-in-tree.ts';
import type { RepositoryState } from '../review/repository-state.ts';
import type { NotSeen } from '../review/verdict.ts';

/** A repository's state, and what it names that is no file. */
export interface GitState extends RepositoryState {
  /** What symbolic links and submodules hold (git's ids), by path. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** What turns files into a state. */
export interface ReadOptions {
  readonly scanner: Scanner;
  /** Which paths are declarations, policies or configuration. */
  readonly isDocument: (path: string) => boolean;
  /** Scans by path and content of files seen before; filled as files are read. */
  readonly known: Map<string, FileScan>;
}

/** A file as it is listed. */
export interface ListedFile {
  readonly path: string;
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

/** A file beyond this is not read; no source and no document that people write comes near. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

const TOO_LARGE = `It has more than the ${MAX_FILE_BYTES / 1024 / 1024} MB that are read of one document.`;

/** Whether a file's content matters. */
export function isRead({ scanner, isDocument }: ReadOptions, path: string): boolean {
  return isDocument(path) || scanner.reads(path);
}

/** Gathers a state file by file. */
export class StateReader {
  readonly #options: ReadOptions;
  readonly #paths = new Map<string, string>();
  readonly #documents = new Map<string, string>();
  readonly #scans = new Map<string, FileScan>();
  readonly #notSeen: NotSeen[] = [];
  readonly #elsewhere = new Map<string, string>();
  readonly #submodules = new Set<string>();
  readonly #links = new Map<string, string | undefined>();

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** Lists a file; its content may follow. */
  list(path: string, blob: string): void {
    this.#paths.set(path, blob);
  }

  submodule(path: string, commit: string): void {
    this.#elsewhere.set(path, commit);
    this.#submodules.add(path);
  }

  /** @param leads as it is written in the link; undefined where that was not read */
  link(path: string, blob: string, leads: string | undefined): void {
    this.#elsewhere.set(path, blob);
    this.#links.set(path, leads);
  }

  notSeen(path: string, reason: string): void {
    this.#notSeen.push({ what: 'file', path, reason });
  }

  tooLarge(path: string): void {
    if (this.#options.isDocument(path)) this.notSeen(path, TOO_LARGE);
    else this.#scans.set(path, { path, status: 'not_read', reason: 'too_large', integrations: [] });
  }

  /** Whether a file's scan is known already, so that its content need not be read; it is taken over then. */
  takeKnown(path: string, blob: string): boolean {
    const known = this.#options.known.get(`${path} ${blob}`);
    if (known === undefined || this.#options.isDocument(path)) return false;
    this.#scans.set(path, known);
    return true;
  }

  async read(path: string, blob: string, content: Uint8Array): Promise<void> {
    const { scanner, isDocument, known } = this.#options;
    if (isDocument(path)) this.#documents.set(path, new TextDecoder().decode(content));
    if (!scanner.reads(path)) return;
    const scan = await scanner.scan(path, content);
    known.set(`${path} ${blob}`, scan);
    if (scan.status !== 'skipped') this.#scans.set(path, scan);
  }

  /** @param sha of the commit; empty for a working tree */
  state(sha: string): GitState {
    const [paths, documents, scans] = [this.#paths, this.#documents, this.#scans];
    const hidden = notInTree(
      { submodules: this.#submodules, links: this.#links },
      {
        isRead: (path) => isRead(this.#options, path),
        isDocument: this.#options.isDocument,
        holds: (path) => paths.has(path),
      },
    );
    return { sha, paths, documents, scans, notSeen: [...this.#notSeen, ...hidden], elsewhere: this.#elsewhere };
  }
}
