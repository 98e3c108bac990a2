import { compareOutcomes } from '../policy/compare-packs.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { printedResult } from './describe-result.ts';
import { type ChangedUseCase, isNewlyProhibited, policyDiffText } from './policy-diff-text.ts';
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
  context.stdout.write(isJson ? jsonOf(changed) : policyDiffText(before, after, changed, useCases.length));
  if (errors > 0) return EXIT.usage;
  return changed.some(({ changes }) => changes.some(isNewlyProhibited)) ? EXIT.blocked : EXIT.pass;
}

function jsonOf(changed: readonly ChangedUseCase[]): string {
  const rows = changed.flatMap(({ useCase, changes }) =>
    changes.map(({ before, after }) => ({
      use_case: useCase.id,
      before: before === undefined ? null : printedResult(useCase.id, before),
      after: after === undefined ? null : printedResult(useCase.id, after),
    })),
  );
  return `${JSON.stringify(rows, null, 2)}\n`;
}
