import { isWithin } from '../document/day.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { clip } from '../report/neutralise.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions } from './command.ts';
import { datesText } from './dates-text.ts';
import { dayOf, packsOf } from './policy-input.ts';
import { terminalOf } from './terminal.ts';

/** `sightline policy list`: every policy with its dates. */
export async function policyList(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const on = dayOf(context, options);
  const packs = await packsOf(context, options);
  const rows = packs.map((pack) => listed(pack, on));
  context.stdout.write(
    options.text('format') === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : textOf(rows, on, context),
  );
  return EXIT.pass;
}

function listed(pack: PolicyPack, on: string) {
  const { id, version, series, publisher, document, url, dates, rules, digest } = pack;
  const { services } = pack.appliesTo;
  return {
    ...{ id, version, series, publisher, document, url },
    effective_from: dates.from ?? null,
    effective_until: dates.until ?? null,
    in_force: isWithin(on, dates),
    services,
    rules: rules.length,
    digest,
  };
}

function textOf(rows: readonly ReturnType<typeof listed>[], on: string, context: CommandContext): string {
  const { stdout } = context;
  const name = ({ id, version }: { id: string; version: string }) => `${id}@${version}`;
  const width = Math.max(...rows.map((row) => name(row).length));
  const lines = rows.map((row) => {
    const dates = datesText({ from: row.effective_from ?? undefined, until: row.effective_until ?? undefined });
    const rules = `${row.rules} ${row.rules === 1 ? 'rule' : 'rules'}`;
    const line = `${row.in_force ? '*' : ' '} ${name(row).padEnd(width)}  ${dates.padEnd(24)}  ${rules.padStart(8)}  ${row.publisher}, ${row.document}`;
    // On a terminal a line that is too long would break the table.
    return stdout.isTTY === true ? clip(line, terminalOf(context).width) : line;
  });
  return `${lines.join('\n')}\n* in force on ${on}; 'sightline policy show ID' shows the rules of one.\n`;
}
