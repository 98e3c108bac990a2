import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FolderRequest, judgeFolder, readFolder } from '../../src/git/review-folder.ts';
import type { Scanner } from '../../src/integration/integration.ts';
import type { Verdict } from '../../src/review/verdict.ts';
import { integration } from '../review/kit.ts';

/** A repository of its own in a temporary folder. */
export interface TestRepository {
  readonly folder: string;
  write(files: Readonly<Record<string, string | Buffer | null>>): void;
  git(...args: string[]): string;
  /** Commits everything and returns the commit's id. */
  commit(files?: Readonly<Record<string, string | Buffer | null>>): string;
  remove(): void;
}

export function testRepository(): TestRepository {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-'));
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
          GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
        },
      },
    ).trim();
  git('init', '-q', '-b', 'main', '.');
  const write: TestRepository['write'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      if (content === null) rmSync(join(folder, path));
      else {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }
  };
  return {
    folder,
    write,
    git,
    commit(files = {}) {
      write(files);
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', 'x');
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Sees a face search in every line of a Python file that has the word `search_faces`. */
export const FAKE_SCANNER: Scanner = {
  catalogVersion: 'fake',
  reads: (path) => path.endsWith('.py'),
  async scan(path, content) {
    const lines = new TextDecoder().decode(content).split('\n');
    const integrations = lines.flatMap((line, index) =>
      line.includes('search_faces') ? [integration(path, index + 1, { evidence: line })] : [],
    );
    return { path, status: integrations.length > 0 ? 'scanned' : 'skipped', integrations };
  },
  close: async () => undefined,
};

/** Judges the repository's folder by a scanner that knows two calls. */
export async function judgeIn(
  { folder }: TestRepository,
  on: string,
  more: Partial<FolderRequest> = {},
): Promise<Verdict> {
  return judgeFolder(await readFolder({ folder, on, scanner: FAKE_SCANNER, ...more }));
}

/** Each finding in a line: its age, kind and place. */
export function summary({ findings }: Verdict): readonly string[] {
  return findings.map(({ age, kind, place }) => `${age} ${kind} ${place?.path}:${place?.range.startLine}`);
}
