import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { NewFile } from '../actions/repositories.ts';
import { type Files, readFiles } from './read-files.ts';
import { stepSchema } from './step.ts';

const role = z.enum(['read', 'triage', 'write', 'maintain', 'admin']);

/** `pull-request.yml` of a fixture. */
const schema = z.strictObject({
  title: z.string(),
  body: z.string().optional(),
  author: z.string().default('mira'),
  draft: z.boolean().default(false),
  /** The author works in a fork. */
  fork: z.boolean().default(false),
  /** Its place in the demonstration, from 1; absent: only played with `--all` or by name. */
  demo: z.number().int().positive().optional(),
  /** So many small files without meaning beside those of `base/` and `head/`. */
  pad: z.strictObject({ base: z.number().default(0), head: z.number().default(0) }).prefault({}),
  /** Files and folders of the base that the pull request deletes. */
  remove: z.array(z.string()).default([]),
  /** Further branches by name, each a folder of the fixture laid over the base. */
  branches: z.record(z.string(), z.string()).default({}),
  /** Roles in the repository by login; the author writes. */
  people: z.record(z.string(), role).default({}),
  teams: z.record(z.string(), z.array(z.string())).default({}),
  /** What happens after it was opened, one after the other. */
  steps: z.array(stepSchema).default([]),
});

/** A pull request to be played: its story and its trees. */
export type Fixture = z.output<typeof schema> & {
  readonly name: string;
  readonly folder: string;
  readonly base: Files;
  /** What the pull request adds and changes, laid over the base. */
  readonly head: Files;
  /** The organisation's `.github` repository; undefined: it has none. */
  readonly organisation: Files | undefined;
};

/** Reads `fixtures/pull-requests/<name>/`. Throws with the file's name where `pull-request.yml` is not as it should be. */
export function readFixture(folder: string): Fixture {
  const file = join(folder, 'pull-request.yml');
  const { data, error } = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (data === undefined) throw new Error(`${file}: ${z.prettifyError(error)}`);
  const organisation = join(folder, 'organisation');
  return {
    ...data,
    name: folder.split(/[\\/]/).at(-1) ?? folder,
    folder,
    base: padded(readFiles(join(folder, 'base')), 'library', data.pad.base),
    head: padded(readFiles(join(folder, 'head')), 'padding', data.pad.head),
    organisation: existsSync(organisation) ? readFiles(organisation) : undefined,
  };
}

function padded(files: Files, folder: string, count: number): Files {
  const padding = Array.from({ length: count }, (_, index): [string, NewFile] => [
    `${folder}/part${index % 40}/module${index}.py`,
    `VALUE = ${index}\n`,
  ]);
  return new Map([...files, ...padding]);
}

/** All fixtures below a folder, by name. */
export function readFixtures(root: string): Fixture[] {
  const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map((entry) => readFixture(join(root, entry.name))).sort((a, b) => (a.name < b.name ? -1 : 1));
}
