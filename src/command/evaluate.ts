import type { UseCase } from '../declaration/use-case.ts';
import { createJudge } from '../policy/create-judge.ts';
import { evaluatePack } from '../policy/evaluate-pack.ts';
import type { RuleResult } from '../policy/policy.ts';
import { type Command, type CommandContext, EXIT, UsageError } from './command.ts';
import { printedResult } from './describe-result.ts';
import { evaluationText } from './evaluation-text.ts';
import { dayOf, FORMAT_OPTION, ON_OPTION, PACK_OPTION, packNamed, packsOf, useCasesOf } from './policy-input.ts';

/** `sightline evaluate`: judges declarations alone. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'judges declared use cases by the usage policies, without looking at code',
  usage: 'FILE…',
  details:
    'Each FILE is a declaration, or a folder that is searched for declarations at their default places. Without --policy, the\npolicies in force for the services that a use case names judge it. Undetermined is no pass: exit 1, as for a prohibition.',
  options: {
    policy: {
      description: 'judge by this policy whatever the services and the territory are',
      value: 'ID[@VERSION]',
      multiple: true,
    },
    on: ON_OPTION,
    pack: PACK_OPTION,
    format: FORMAT_OPTION,
  },
  examples: [
    {
      command: 'sightline evaluate .github/ai-use-cases/face-search.yml',
      says: 'judges one declaration by the policies in force today',
    },
    {
      command: 'sightline evaluate --policy ms-aoai-2024-05 --on 2024-06-01 --format json .github',
      says: "judges all declarations by Microsoft's code as of that day",
    },
  ],
  async run(context, options, args) {
    if (args.length === 0) throw new UsageError('no FILE is given.', "'sightline evaluate --help' shows examples.");
    const on = dayOf(context, options);
    const packs = await packsOf(context, options);
    const named = options.texts('policy').map((name) => packNamed(packs, name, on));
    const useCases = await useCasesOf(context, args);
    const judge = createJudge(packs, { on });
    const judged = useCases.map((useCase) => ({
      useCase,
      results: named.length > 0 ? named.flatMap((pack) => evaluatePack(pack, useCase.facts, { on })) : judge(useCase),
    }));
    print(context, judged, options.text('format'));
    return judged.some(({ results }) => results.some(blocks)) ? EXIT.blocked : EXIT.pass;
  },
};

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
    context.stdout.write(judged.map(({ useCase, results }) => evaluationText(useCase, results)).join('\n'));
    return;
  }
  const now = judged.flatMap(({ useCase, results }) =>
    results.filter(({ status }) => status === 'in_force').map((result) => printedResult(useCase.id, result)),
  );
  context.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
  for (const { useCase, results } of judged) announce(context, useCase, results);
}

/** What takes effect later is no result of the day: it goes to standard error. */
function announce({ stderr }: CommandContext, useCase: UseCase, results: readonly RuleResult[]): void {
  for (const { outcome, status, policy, rule, source } of results) {
    if (status === 'in_force' || outcome === 'not_covered') continue;
    stderr.write(`sightline: ${useCase.id} will be ${outcome} by ${policy} ${rule} from ${source.effectiveFrom} on\n`);
  }
}
