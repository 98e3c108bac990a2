import { isWithin } from '../document/day.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions } from './command.ts';
import { dayOf, packsOf } from './policy-input.ts';

/** `sightline policy list`: every policy with its dates. */
export async function policyList(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const on = dayOf(context, options);
  const packs = await packsOf(context, options);
  const rows = packs.map((pack) => listed(pack, on));
  context.stdout.write(options.text('format') === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : textOf(rows));
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

function textOf(rows: readonly ReturnType<typeof listed>[]): string {
  const name = ({ id, version }: { id: string; version: string }) => `${id}@${version}`;
  const width = Math.max(...rows.map((row) => name(row).length));
  const lines = rows.map((row) => {
    const dates = `${row.effective_from ?? '…'} to ${row.effective_until ?? '…'}`;
    const rules = `${row.rules} ${row.rules === 1 ? 'rule' : 'rules'}`;
    return `${row.in_force ? '*' : ' '} ${name(row).padEnd(width)}  ${dates.padEnd(24)}  ${rules.padStart(8)}  ${row.publisher}, ${row.document}`;
  });
  return `${lines.join('\n')}\n* in force on the day\n`;
}
