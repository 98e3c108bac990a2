import { type FSWatcher, watch as fsWatch, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type FolderWatcher, UsageError } from './command.ts';

export interface WatcherTimes {
  /** Milliseconds without a change after which it counts as come to rest. An editor writes a file in several steps. */
  readonly rest: number;
  /** Milliseconds after the first change that nobody waits longer than, however much goes on changing. */
  readonly longest: number;
}

const TIMES: WatcherTimes = { rest: 100, longest: 1_000 };

/** Folders that are never looked into. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Folders looked at within one that has just appeared. */
const MAX_APPEARED = 1_000;

/** System errors that say that no more can be watched: https://man7.org/linux/man-pages/man2/inotify_add_watch.2.html */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/**
 * Watches folders one by one, not what lies below them: what git ignores costs nothing. A folder that appears is watched at once,
 * and kept until a later `lookAt` twice does not name it.
 *
 * @param ended aborted where the person ends it
 */
export function createFolderWatcher(ended: AbortSignal, times: WatcherTimes = TIMES): FolderWatcher {
  return new Watcher(ended, times);
}

class Watcher implements FolderWatcher {
  readonly #ended: AbortSignal;
  readonly #times: WatcherTimes;
  readonly #watched = new Map<string, FSWatcher>();
  /** Folders that appeared, with how often `lookAt` did not name them. */
  readonly #appeared = new Map<string, number>();
  readonly #changed = new Set<string>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #tell: (() => void) | undefined;
  #fault: UsageError | undefined;

  constructor(ended: AbortSignal, times: WatcherTimes) {
    this.#ended = ended;
    this.#times = times;
    ended.addEventListener('abort', () => this.#tell?.(), { once: true });
  }

  lookAt(folders: ReadonlySet<string>): boolean {
    for (const [folder, watcher] of this.#watched) {
      if (folders.has(folder)) {
        this.#appeared.delete(folder);
        continue;
      }
      const missed = this.#appeared.get(folder);
      if (missed === 0) this.#appeared.set(folder, 1);
      else this.#forget(folder, watcher);
    }
    const fresh = [...folders].filter((folder) => !this.#watched.has(folder));
    return fresh.filter((folder) => this.#watch(folder)).length > 0;
  }

  async nextChange(): Promise<readonly string[] | undefined> {
    while (
      !this.#ended.aborted &&
      this.#fault === undefined &&
      (this.#changed.size === 0 || this.#timer !== undefined)
    ) {
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#ended.aborted) return undefined;
    const changed = [...this.#changed].sort();
    this.#changed.clear();
    return changed;
  }

  get isEnded(): boolean {
    return this.#ended.aborted;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const [folder, watcher] of this.#watched) this.#forget(folder, watcher);
  }

  #forget(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watched.delete(folder);
    this.#appeared.delete(folder);
  }

  /** @returns whether it is watched now; not where it has gone meanwhile */
  #watch(folder: string): boolean {
    try {
      const watcher = fsWatch(folder, (event, name) => this.#onEvent(folder, event, name ?? ''));
      watcher.on('error', () => this.#forget(folder, watcher));
      this.#watched.set(folder, watcher);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && FULL.has(error.code)) {
        throw new UsageError(
          `the system lets nobody watch more than ${this.#watched.size} folders.`,
          'On Linux raise fs.inotify.max_user_watches, or give the PATH of a smaller folder.',
        );
      }
      return false;
    }
  }

  #onEvent(folder: string, event: string, name: string): void {
    if (SKIPPED.has(name)) return;
    try {
      if (event === 'rename') this.#takeUp(join(folder, name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#fault = error;
    }
    const now = performance.now();
    if (this.#changed.size === 0) this.#since = now;
    this.#changed.add(name === '' ? basename(folder) : name);
    clearTimeout(this.#timer);
    const wait = Math.min(this.#times.rest, this.#since + this.#times.longest - now);
    this.#timer = setTimeout(() => this.#rested(), Math.max(0, wait));
  }

  #rested(): void {
    this.#timer = undefined;
    this.#tell?.();
  }

  /** Watches a folder that appeared, or appeared anew under its old name, with those in it. */
  #takeUp(path: string): void {
    const open = [path];
    for (let count = 0; open.length > 0 && count < MAX_APPEARED; count += 1) {
      const folder = open.pop() ?? '';
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
      const old = this.#watched.get(folder);
      if (old !== undefined) this.#forget(folder, old);
      if (!this.#watch(folder)) continue;
      this.#appeared.set(folder, 0);
      open.push(...subfolders(folder));
    }
  }
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
