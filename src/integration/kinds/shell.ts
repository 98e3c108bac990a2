import { matchCommands } from '../match-commands.ts';
import { variableFindings } from '../scan-data.ts';
import type { Found, KindScanner, ScanContext } from '../scan-kind.ts';
import { readShell } from '../shell-words.ts';
import type { Literal } from '../source-view.ts';

/** Scripts of the shell, Makefiles, PowerShell, HTTP request files: command by command, nothing expanded. */
export const SHELL: KindScanner = {
  scan: ({ text }, context) => scanShell(text, 0, context),
};

const ASSIGNMENT = /^(?:--?)?([A-Za-z_][\w-]{0,80})=/;

/** What shell code shows; `base` is the offset of the code in its file. */
export function scanShell(code: string, base: number, context: ScanContext): Found[] {
  const commands = readShell(code, base);
  const words = commands.flat();
  const strings = words.flatMap(({ text, start, end }): Literal[] => {
    const assigned = ASSIGNMENT.exec(text)?.[0].length ?? 0;
    // An option and an assignment may hold a whole document; its own strings are read besides.
    const inner =
      text.length > 20
        ? [...text.matchAll(/"([^"\n]{3,300})"/g)].map((match) => ({ start, end, value: match[1] ?? '' }))
        : [];
    return [{ start, end, value: text.slice(assigned) }, ...inner];
  });
  const variables = words.flatMap(({ text, start }): Literal[] => {
    const name = ASSIGNMENT.exec(text)?.[1];
    return name === undefined ? [] : [{ start, end: start + name.length, value: name }];
  });
  return [
    ...matchCommands(commands, context.catalog),
    ...variableFindings(variables, context.catalog),
    ...withoutModels(context.scanData([...strings, ...variables], []), context),
  ];
}

/**
 * A script that installs several models of one library says that it will be used, not for what: where their capabilities differ, only the
 * provider shows.
 */
function withoutModels(found: readonly Found[], { catalog }: ScanContext): Found[] {
  const models = new Set(
    catalog.files.flatMap(({ owned }) =>
      'provider' in owned.owner ? [`${owned.owner.provider.provider} ${owned.entry.id}`] : [],
    ),
  );
  const isModel = (item: Found) => models.has(`${item.provider} ${item.entry}`);
  return found.map((item) => {
    const others = found.filter((other) => other.provider === item.provider && isModel(other));
    const differs = isModel(item) && others.some((other) => other.capability !== item.capability);
    return differs ? { ...item, capability: 'unspecified', certainty: 'potential', facts: {}, bare: true } : item;
  });
}
