import { DAY_MS, endOf, isOpen, type Override } from '../override/override.ts';
import { endOfDaysLeft } from '../override/term.ts';
import { clip, oneLine } from '../report/neutralise.ts';
import { wrapLines } from '../report/terminal/wrap.ts';
import { timeLeft } from '../report/time-left.ts';
import { allOverrides, overridesEnding, type StoredOverride } from '../store/stored-overrides.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions } from './command.ts';
import { readSpan } from './span.ts';
import { terminalOf } from './terminal.ts';
import { withStore } from './with-store.ts';

/** `sightline overrides` */
export async function overrides(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const now = context.now().getTime();
  const expiring = options.text('expiring');
  // Ends are ends of days: who asks for 14 days means those of which the 14th day from today is the last.
  const to = expiring === undefined ? undefined : endOfDaysLeft(Math.floor(readSpan(expiring) / DAY_MS), now) + 1;
  return withStore(context, async ({ state }) => {
    const stored = to === undefined ? await allOverrides(state) : await overridesEnding(state, { from: now, to });
    const shown = stored
      .map(({ override }: StoredOverride) => override)
      .filter((override) => options.has('all') || isOpen(override))
      .sort((a, b) => endOf(a) - endOf(b) || a.repositoryId - b.repositoryId);
    const isJson = options.text('format') === 'json';
    context.stdout.write(
      isJson
        ? `${JSON.stringify(shown, undefined, 2)}\n`
        : `${wrapLines(asText(shown, now), terminalOf(context).width)}\n`,
    );
    return EXIT.pass;
  });
}

function asText(shown: readonly Override[], now: number): string {
  if (shown.length === 0)
    return 'There are no such overrides. They are asked for and decided in comments on pull requests; --all also lists those that have ended.';
  return shown.map((override) => describe(override, now)).join('\n');
}

function describe(override: Override, now: number): string {
  const { handle, repositoryId, pullRequest, findingHandle, binding, ground, reason, until, state } = override;
  const end = isOpen(override) ? `${until} (${timeLeft(override, now)})` : until;
  const people = override.approvals.map(({ by }) => oneLine(by.login)).join(', ');
  return [
    `${handle}  ${state}  until ${end}  repository ${repositoryId}, pull request ${pullRequest}, ${findingHandle}`,
    `  ${oneLine(binding.rule)} – ${ground}: ${clip(oneLine(reason), 200)}`,
    `  asked for by ${oneLine(override.requestedBy.login)}${people === '' ? '' : `, approved by ${people}`}`,
  ].join('\n');
}
