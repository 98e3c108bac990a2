import type { UseCase } from '../declaration/use-case.ts';
import { type ClauseChange, compareOutcomes, matchClauses } from '../policy/compare-packs.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { oneLine } from '../report/neutralise.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { printedResult } from './describe-result.ts';
import { dayOf, packNamed, packsOf, readableUseCasesOf } from './policy-input.ts';

/** `sightline policy diff`: what a change of policy does to declared use cases. */
export async function policyDiff(
  context: CommandContext,
  options: ParsedOptions,
  [old, now, ...files]: readonly string[],
): Promise<ExitCode> {
  if (old === undefined || now === undefined) {
    throw new UsageError('give two policies, OLD and NEW.', "'sightline policy list' shows the policies.");
  }
  const on = dayOf(context, options);
  const packs = await packsOf(context, options);
  const [before, after] = [packNamed(packs, old, on), packNamed(packs, now, on)];
  const { useCases, errors } = await readableUseCasesOf(context, files.length > 0 ? files : ['.']);
  const changed = useCases
    .map((useCase) => ({ useCase, changes: compareOutcomes(before, after, useCase.facts) }))
    .filter(({ changes }) => changes.length > 0);
  const isJson = options.text('format') === 'json';
  context.stdout.write(isJson ? jsonOf(changed) : textOf(before, after, changed, useCases.length));
  if (errors > 0) return EXIT.usage;
  return changed.some(({ changes }) => changes.some(isNewlyProhibited)) ? EXIT.blocked : EXIT.pass;
}

interface Changed {
  readonly useCase: UseCase;
  readonly changes: readonly ClauseChange[];
}

function isNewlyProhibited({ after }: ClauseChange): boolean {
  return after?.outcome === 'prohibited';
}

function jsonOf(changed: readonly Changed[]): string {
  const rows = changed.flatMap(({ useCase, changes }) =>
    changes.map(({ before, after }) => ({
      use_case: useCase.id,
      before: before === undefined ? null : printedResult(useCase.id, before),
      after: after === undefined ? null : printedResult(useCase.id, after),
    })),
  );
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function textOf(before: PolicyPack, after: PolicyPack, changed: readonly Changed[], total: number): string {
  const matches = matchClauses(before, after);
  const added = matches.flatMap(({ rule, continued }) => (rule !== undefined && continued.length === 0 ? [rule] : []));
  const gone = matches.flatMap(({ rule, continued }) => (rule === undefined ? continued : []));
  return [
    `From ${before.id}@${before.version} to ${after.id}@${after.version}:`,
    ...(added.length > 0 ? [`  only in the new one: ${added.join(', ')}`] : []),
    ...(gone.length > 0 ? [`  only in the old one: ${gone.join(', ')}`] : []),
    ...changed.flatMap(useCaseLines),
    `${changed.length} of ${total} ${total === 1 ? 'use case changes' : 'use cases change'}.`,
    '',
  ].join('\n');
}

function useCaseLines({ useCase, changes }: Changed): readonly string[] {
  return [
    `${useCase.id}: ${oneLine(useCase.title)} (${oneLine(useCase.place.path)})`,
    ...changes.map(({ before, after }) => {
      const old = before === undefined ? 'no such rule' : `${before.outcome} by ${before.rule}`;
      const now = after === undefined ? 'no such rule' : `${after.outcome} by ${after.rule} (${after.clause})`;
      const missing = after?.missingFacts ?? [];
      return `  ${old} -> ${now}${missing.length > 0 ? `; to decide it, state: ${missing.join(', ')}` : ''}`;
    }),
  ];
}
