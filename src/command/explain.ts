import { nearest } from '../document/nearest.ts';
import { type FolderReview, judgeFolder } from '../git/review-folder.ts';
import { loadPacks } from '../policy/load-packs.ts';
import type { PolicyPack } from '../policy/pack.ts';
import type { RuleResult } from '../policy/policy.ts';
import { oneLine } from '../report/neutralise.ts';
import { type Paint, painter } from '../report/terminal/paint.ts';
import { outcomeWord, resultText } from '../report/terminal/result-text.ts';
import { terminalReport } from '../report/terminal/terminal-report.ts';
import { type JudgedUseCase, judgeUseCase } from '../review/judge-use-case.ts';
import { resolveBasis } from '../review/resolve-basis.ts';
import { judgeState } from '../review/state-findings.ts';
import { readSupposition, suppose } from '../review/what-if.ts';
import { sourceLines } from './check.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { datesText } from './dates-text.ts';
import { errorCodeText } from './error-code-text.ts';
import { readRequested } from './read-requested.ts';
import { terminalOf } from './terminal.ts';
import { withScanner } from './with-scanner.ts';

/** Digits of a fingerprint that `check` prints, and the fewest that `explain` takes. */
const FEWEST_DIGITS = 6;

/** `sightline explain`: how an outcome came about, and what would change it. */
export async function explain(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  const target = targetOf(options, args);
  const code = target === undefined ? undefined : errorCodeText(target, terminalOf(context).width);
  if (code !== undefined) {
    context.stdout.write(code);
    return EXIT.pass;
  }
  const folder = await withScanner(context, (scanner) => readRequested(context, options, [], { scanner }));
  const { basis } = resolveBasis(folder.texts, folder.on);
  const { useCases } = judgeState(folder.head, basis);
  const chosen = chooseUseCases(useCases, options.text('use-case'));
  const suppositions = options.texts('what-if').map((text) => {
    const supposition = readSupposition(text);
    if ('message' in supposition) throw new UsageError(`${supposition.message}.`, supposition.remedy);
    return supposition;
  });
  const supposed = chosen.map(({ useCase, integrations }) =>
    judgeUseCase(suppose(useCase, suppositions), integrations, basis.evaluate),
  );
  const rules = await rulesMeant(target, context, folder, chosen);
  if (rules === undefined) return EXIT.pass;
  const paint = painter(terminalOf(context).colour);
  const texts = supposed.map((judged, index) =>
    useCaseText(judged, chosen[index] ?? judged, rules, paint, terminalOf(context).width),
  );
  context.stdout.write(`${texts.join('\n\n')}\n`);
  return EXIT.pass;
}

function targetOf(options: ParsedOptions, args: readonly string[]): string | undefined {
  if (args.length > 1) throw new UsageError('more than one FINDING or RULE is given.', 'Explain one at a time.');
  if (args[0] === undefined && !options.has('use-case')) {
    throw new UsageError(
      'nothing to explain is given.',
      "Give a FINDING or RULE, or --use-case ID; 'sightline explain --help' shows examples.",
    );
  }
  return args[0];
}

function chooseUseCases(useCases: readonly JudgedUseCase[], id: string | undefined): readonly JudgedUseCase[] {
  const ids = useCases.map(({ useCase }) => useCase.id);
  if (id === undefined) return useCases;
  const chosen = useCases.filter(({ useCase }) => useCase.id === id);
  if (chosen.length > 0) return chosen;
  const meant = nearest(id, ids);
  throw new UsageError(
    `there is no use case '${id}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`,
    ids.length === 0 ? 'No use case is declared here.' : `The use cases are: ${ids.join(', ')}.`,
  );
}

/** Tests whether a result is meant; undefined where the target was a finding of no rule, which has been shown. */
async function rulesMeant(
  target: string | undefined,
  context: CommandContext,
  folder: FolderReview,
  useCases: readonly JudgedUseCase[],
): Promise<((result: RuleResult, useCase: string) => boolean) | undefined> {
  if (target === undefined) return () => true;
  const results = useCases.flatMap((judged) => judged.results);
  const isRule = ({ policy, rule }: RuleResult) => `${policy}/${rule}` === target || rule === target;
  if (results.some(isRule)) return isRule;
  const verdict = judgeFolder(folder);
  const found = verdict.findings.filter(
    ({ fingerprint }) => target.length >= FEWEST_DIGITS && fingerprint.startsWith(target),
  );
  const [first] = found;
  if (first === undefined) throw unknownTarget(target, results, folder.on);
  if (first.policy !== undefined) {
    return ({ policy, rule }, id) =>
      found.some((finding) => finding.rule === `${policy}/${rule}` && finding.useCase?.id === id);
  }
  const shown = { ...verdict, findings: found, notSeen: [] };
  context.stdout.write(
    terminalReport(shown, { ...terminalOf(context), all: true, sourceLine: await sourceLines(shown, folder) }),
  );
  return undefined;
}

function unknownTarget(target: string, results: readonly RuleResult[], on: string): UsageError {
  const names = [...new Set(results.map(({ policy, rule }) => `${policy}/${rule}`))];
  const meant = nearest(target, [...names, ...results.map(({ rule }) => rule)]);
  const elsewhere = ruleElsewhere(target, on);
  if (elsewhere !== undefined) return elsewhere;
  if (/^F\d+$/i.test(target)) {
    const message = `'${target}' numbers a finding on its pull request; in a terminal, findings have ids of letters and digits.`;
    return new UsageError(message, "'sightline check' prints them, in brackets behind each heading.");
  }
  return new UsageError(
    `'${target}' is no finding here, and no rule that judges a use case here.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`,
    "'sightline check' prints the ids of findings; 'sightline policy list' shows the policies.",
  );
}

/** A rule that there is, of a policy that judges nothing here: by its dates, or by the services that are declared. */
function ruleElsewhere(target: string, on: string): UsageError | undefined {
  const isMeant = (pack: PolicyPack) => pack.rules.some(({ id }) => target === `${pack.id}/${id}` || target === id);
  const packs = loadPacks().filter(isMeant);
  if (packs.length === 0) return undefined;
  const named = packs.map(({ id, dates, appliesTo }) => {
    const services = appliesTo.services === 'any' ? 'any service' : appliesTo.services.join(', ');
    return `${id} (in force: ${datesText(dates)}; for ${services})`;
  });
  const [first] = packs;
  const { from = '', until } = first?.dates ?? {};
  const isInForce = from <= on && (until === undefined || on <= until);
  const day = packs.length === 1 && !isInForce ? (until ?? from) : undefined;
  return new UsageError(
    `no use case here is judged by ${named.join(', or by ')}.`,
    `${day === undefined ? '' : `'--on ${day}' judges as of a day on which it was in force; `}'sightline policy show ${first?.id}' shows its rules.`,
  );
}

/** One use case: what was supposed and what follows, then each rule that is meant; what does not reach it is named at the end. */
function useCaseText(
  judged: JudgedUseCase,
  before: JudgedUseCase,
  isMeant: (result: RuleResult, useCase: string) => boolean,
  paint: Paint,
  width: number,
): string {
  const { useCase, results } = judged;
  const meant = results.filter((result) => isMeant(result, useCase.id));
  const reached = meant.filter(({ outcome }) => outcome !== 'not_covered');
  const rest = meant.filter(({ outcome }) => outcome === 'not_covered');
  const isAlone = meant.length === 1;
  return [
    paint('bold', oneLine(`${useCase.id} (${useCase.title}), ${useCase.place.path}`)),
    ...changesText(before.results, meant),
    ...(isAlone ? meant : reached).map((result) => resultText(result, paint, width)),
    ...(isAlone || rest.length === 0
      ? []
      : [paint('dim', `✓ not covered by ${rest.map(({ policy, rule }) => `${policy}/${rule}`).join(', ')}`)]),
    ...(meant.length === 0 ? ['No such rule judges it.'] : []),
  ].join('\n\n');
}

/** The outcomes that a supposition turns. */
function changesText(before: readonly RuleResult[], after: readonly RuleResult[]): readonly string[] {
  const key = ({ policy, version, rule }: RuleResult) => `${policy} ${version} ${rule}`;
  const outcomes = new Map(before.map((result) => [key(result), result.outcome]));
  const turned = after.flatMap((result) => {
    const was = outcomes.get(key(result)) ?? 'not_covered';
    return was === result.outcome
      ? []
      : [`  ${result.policy}/${result.rule}: ${outcomeWord(was)} → ${outcomeWord(result.outcome)}`];
  });
  return turned.length === 0 ? [] : [['What would change:', ...turned].join('\n')];
}
