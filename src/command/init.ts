import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import type { Fact } from '../facts/fact.ts';
import { FACT_NAMES } from '../facts/vocabulary.ts';
import { readOwnFile } from '../git/read-own-file.ts';
import { remoteAddress, repositoryRoot } from '../git/resolve-ref.ts';
import { createJudge } from '../policy/create-judge.ts';
import { loadPacks } from '../policy/load-packs.ts';
import { draftDeclaration } from '../report/draft/draft-declaration.ts';
import { groupIntegrations, type IntegrationGroup } from '../report/draft/group-integrations.ts';
import { NAMING_MANIFESTS, repositoryName } from '../report/draft/repository-name.ts';
import { oneLine } from '../report/neutralise.ts';
import { count } from '../report/phrases.ts';
import { matchUseCases } from '../review/match-use-cases.ts';
import { readUseCases } from '../review/read-use-cases.ts';
import { certainValues } from '../review/seen-facts.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { readRepository } from './read-repository.ts';
import { withScanner } from './with-scanner.ts';

const FOLDER = '.github/ai-use-cases';

const CONFIGURATION = `# What Sightline judges by here; every key: docs/reference/configuration.md of Sightline. These are the defaults.
mode: enforce
policies: all
approvers:
  - roles: [admin, maintain]
`;

/** A file to be written, by path from the repository's root. */
interface Draft {
  readonly path: string;
  readonly text: string;
}

/** `sightline init`: drafts what a repository needs. Never overwrites a file. */
export async function init(
  context: CommandContext,
  options: ParsedOptions,
  [given]: readonly string[],
): Promise<ExitCode> {
  return withScanner(context, async (scanner) => {
    const path = given ?? (await repositoryRoot(context.cwd)) ?? '.';
    const repository = await readRepository(context, scanner, path);
    const { useCases } = readUseCases(repository.state, repository.configuration);
    const { uncovered } = matchUseCases(useCases, repository.integrations);
    const taken = [...useCases.map(({ id }) => id), ...idsOfFiles(repository.state.paths)];
    const groups = groupIntegrations(uncovered, taken, await nameOf(repository.folder));
    context.stdout.write(foundText(groups, repository.integrations.length));
    const owners = await askOwners(context, options, groups);
    const drafts = draftsOf(groups, owners, options.text('schema'), context.now());
    return await write(context, options, repository.folder, drafts);
  });
}

async function nameOf(folder: string): Promise<string> {
  const manifests = new Map<string, string>();
  for (const file of NAMING_MANIFESTS) {
    const content = await readOwnFile(folder, file).catch(() => undefined);
    if (content !== undefined) manifests.set(file, content.toString('utf8'));
  }
  const remote = await remoteAddress(folder);
  return repositoryName({ remote, manifest: (file) => manifests.get(file), folder: basename(folder) });
}

/** A draft must not land on a file that is there already, whatever stands in it. */
function idsOfFiles(paths: ReadonlyMap<string, string>): string[] {
  return [...paths.keys()]
    .filter((path) => path.startsWith(`${FOLDER}/`))
    .map((path) => path.slice(FOLDER.length + 1).replace(/\.ya?ml$/, ''));
}

async function askOwners(
  context: CommandContext,
  options: ParsedOptions,
  groups: readonly IntegrationGroup[],
): Promise<readonly string[]> {
  const given = options.texts('owner');
  if (given.length > 0 || groups.length === 0 || context.ask === undefined || options.has('yes')) return given;
  const answer = await context.ask(
    `Who answers for ${groups.length === 1 ? 'it' : 'these'} (@user or @organisation/team, empty: later)? `,
  );
  if (answer === undefined) throw stopped();
  return answer.split(/[\s,]+/).filter((word) => word !== '');
}

function stopped(): UsageError {
  return new UsageError(
    'stopped; nothing was written.',
    '--yes asks nothing, --dry-run only shows what would be written.',
  );
}

/** What is drafted, before anything is asked or written. */
function foundText(groups: readonly IntegrationGroup[], integrations: number): string {
  if (integrations === 0) return 'No use of AI vision was found; there is nothing to declare.\n';
  if (groups.length === 0) return `Every use of AI vision that was found (${integrations}) is declared.\n`;
  const lines = groups.map(({ id, integrations }) => {
    const files = new Set(integrations.map(({ path }) => path)).size;
    return `  ${oneLine(`${id}: ${summaryOf(integrations)} in ${count(files, 'file')}`)}`;
  });
  return ['Nobody declared:', ...lines, ''].join('\n');
}

function summaryOf(integrations: IntegrationGroup['integrations']): string {
  return [...new Set(integrations.map(({ provider, capability }) => `${capability} (${provider})`))].join(', ');
}

function draftsOf(
  groups: readonly IntegrationGroup[],
  owners: readonly string[],
  schema: string | undefined,
  now: Date,
): Draft[] {
  const evaluate = createJudge(loadPacks(), { on: now.toISOString().slice(0, 10) });
  const declarations = groups.map((group) => {
    const questions = questionsFor(group, evaluate);
    const text = draftDeclaration(group, { owners, questions, ...(schema === undefined ? {} : { schema }) });
    return { path: `${FOLDER}/${group.id}.yml`, text };
  });
  return [...declarations, { path: CONFIGURATION_PATH, text: CONFIGURATION }];
}

/** The facts that decide what the policies say of what the code shows, in the vocabulary's order. */
function questionsFor({ integrations }: IntegrationGroup, evaluate: ReturnType<typeof createJudge>): string[] {
  const capabilities = certainValues(integrations).flatMap(({ name, value }) =>
    name === 'capability' ? [String(value)] : [],
  );
  const shown: Fact = {
    state: { kind: 'many', includes: capabilities, possible: [], excludes: [], atLeastOne: false },
    origins: [],
  };
  const services = [...new Set(integrations.map(({ service }) => service))];
  const results = evaluate({ services, facts: new Map([['capability', shown]]) });
  const missing = new Set(
    results.filter(({ severity }) => severity !== 'inform').flatMap(({ missingFacts }) => missingFacts),
  );
  return FACT_NAMES.filter((name) => missing.has(name));
}

async function write(context: CommandContext, options: ParsedOptions, folder: string, drafts: readonly Draft[]) {
  const fresh = drafts.filter(({ path }) => !existsSync(join(folder, path)));
  if (fresh.length === 0) {
    context.stdout.write("Nothing to write: the configuration is there, too. 'sightline check' judges it.\n");
    return EXIT.pass;
  }
  if (options.has('dry-run')) {
    for (const { path, text } of fresh) context.stdout.write(`--- ${path}\n${text}\n`);
    return EXIT.pass;
  }
  if (context.ask !== undefined && !options.has('yes')) {
    const answer = await context.ask(`Write ${fresh.map(({ path }) => oneLine(path)).join(', ')}? [Y/n] `);
    if (answer === undefined) throw stopped();
    if (/^\s*n/i.test(answer)) {
      context.stdout.write('Nothing was written.\n');
      return EXIT.pass;
    }
  }
  for (const { path, text } of fresh) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // `wx`: somebody may have made the file meanwhile.
    writeFileSync(join(folder, path), text, { flag: 'wx' });
    context.stdout.write(`wrote ${oneLine(path)}\n`);
  }
  const isDrafted = fresh.some(({ path }) => path !== CONFIGURATION_PATH);
  context.stdout.write(
    isDrafted
      ? "Next: answer the questions in the declarations; 'sightline check' says which of them decide.\n"
      : "Next: 'sightline check'.\n",
  );
  return EXIT.pass;
}
