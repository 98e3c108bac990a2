import type { UseCase } from '../declaration/use-case.ts';
import { createJudge } from '../policy/create-judge.ts';
import { evaluatePack } from '../policy/evaluate-pack.ts';
import type { RuleResult } from '../policy/policy.ts';
import { wrapLines } from '../report/terminal/wrap.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { printedResult } from './describe-result.ts';
import { evaluationText } from './evaluation-text.ts';
import { dayOf, packNamed, packsOf, useCasesOf } from './policy-input.ts';
import { terminalOf } from './terminal.ts';

/** `sightline evaluate`: judges declarations alone. */
export async function evaluate(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  if (args.length === 0) throw new UsageError('no FILE is given.', "'sightline evaluate --help' shows examples.");
  const on = dayOf(context, options);
  const packs = await packsOf(context, options);
  const named = options.texts('policy').map((name) => packNamed(packs, name, on));
  const useCases = await useCasesOf(context, args);
  if (useCases.length === 0)
    throw new UsageError(
      `no use case is declared below ${args.join(', ')}.`,
      "Declarations are looked for in .github/ai-use-cases/ and as ai-use-case.yml. Name the FILE of one that stands elsewhere, or let 'sightline init' draft some.",
    );
  const judge = createJudge(packs, { on });
  const judged = useCases.map((useCase) => ({
    useCase,
    results: named.length > 0 ? named.flatMap((pack) => evaluatePack(pack, useCase.facts, { on })) : judge(useCase),
  }));
  print(context, judged, options.text('format'));
  return judged.some(({ results }) => results.some(blocks)) ? EXIT.blocked : EXIT.pass;
}

interface Judged {
  readonly useCase: UseCase;
  readonly results: readonly RuleResult[];
}

/** Unknown is never a pass: what could turn out prohibited stops as well. */
function blocks({ outcome, severity, status }: RuleResult): boolean {
  return outcome !== 'not_covered' && severity === 'block' && status === 'in_force';
}

function print(context: CommandContext, judged: readonly Judged[], format: string | undefined): void {
  if (format !== 'json') {
    const texts = judged.map(({ useCase, results }) => evaluationText(useCase, results));
    context.stdout.write(wrapLines(texts.join('\n'), terminalOf(context).width));
    return;
  }
  const now = judged.flatMap(({ useCase, results }) =>
    results.filter(({ status }) => status === 'in_force').map((result) => printedResult(useCase.id, result)),
  );
  context.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
  for (const { useCase, results } of judged) announce(context, useCase, results);
}

/** What takes effect later is no result of the day: it goes to standard error, a line for each policy and outcome. */
function announce({ stderr }: CommandContext, useCase: UseCase, results: readonly RuleResult[]): void {
  const rules = new Map<string, string[]>();
  for (const { outcome, status, policy, rule, source } of results) {
    if (status === 'in_force' || outcome === 'not_covered') continue;
    const what = `from ${source.effectiveFrom} on ${useCase.id} is ${outcome.replaceAll('_', ' ')} by ${policy}`;
    rules.set(what, [...(rules.get(what) ?? []), rule]);
  }
  for (const [what, ids] of rules) stderr.write(`sightline: ${what} ${ids.join(', ')}\n`);
}
