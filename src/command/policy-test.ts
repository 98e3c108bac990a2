import { addPacks, isCasesPath } from '../policy/custom-packs.ts';
import { loadCaseFiles, loadPacks } from '../policy/load-packs.ts';
import { type CaseFailure, readCases, runCase } from '../policy/worked-cases.ts';
import { oneLine } from '../report/neutralise.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { isYaml } from './policy-input.ts';
import { printProblems } from './print-problems.ts';
import { readSources } from './read-sources.ts';

/** `sightline policy test`: runs worked cases. */
export async function policyTest(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  const { files, packs } = await inputOf(context, args);
  const caseFiles = files.filter(({ path }) => isCasesPath(path)).map(readCases);
  refuse(
    printProblems(
      context,
      caseFiles.flatMap(({ problems }) => problems),
    ),
  );
  const cases = caseFiles.flatMap((file) => file.cases);
  const runs = cases.map((worked) => runCase(worked, packs));
  refuse(
    printProblems(
      context,
      runs.flatMap(({ problems }) => problems),
    ),
  );
  const failures = runs.flatMap((run) => run.failures);
  const isJson = options.text('format') === 'json';
  context.stdout.write(isJson ? jsonOf(failures) : textOf(failures, cases.length, packs.length));
  return failures.length > 0 ? EXIT.blocked : EXIT.pass;
}

async function inputOf(context: CommandContext, args: readonly string[]) {
  if (args.length === 0) return { files: loadCaseFiles(), packs: loadPacks() };
  const files = await readSources(context, args, isYaml);
  const { packs, problems } = addPacks(loadPacks(), files);
  refuse(printProblems(context, problems));
  return { files, packs };
}

function refuse(errors: number): void {
  if (errors === 0) return;
  const count = errors === 1 ? 'is 1 error' : `are ${errors} errors`;
  throw new UsageError(`there ${count}; no case was run.`, 'Correct what is listed above and try again.');
}

function jsonOf(failures: readonly CaseFailure[]): string {
  const rows = failures.map(({ case: worked, rule, expected, got }) => ({
    case: worked.name,
    policy: worked.policy.id,
    rule,
    expected,
    got,
    path: worked.place.path,
    line: worked.place.range.startLine,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function textOf(failures: readonly CaseFailure[], cases: number, packs: number): string {
  const lines = failures.map(({ case: worked, rule, expected, got }) => {
    const at = `${worked.place.path}:${worked.place.range.startLine}`;
    return oneLine(
      `${at}: ${worked.policy.id} ${rule}, "${worked.name}": expected ${words(expected)}, got ${words(got)}`,
    );
  });
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  const wrong = failures.length === 0 ? 'all as expected' : `${count(failures.length, 'outcome')} not as expected`;
  return [...lines, `${count(cases, 'worked case')}, ${count(packs, 'pack')}: ${wrong}.`, ''].join('\n');
}

function words(expectation: CaseFailure['got']): string {
  return typeof expectation === 'string' ? expectation : `undetermined by ${expectation.join(', ')}`;
}
