import { embeddedPairs } from '../embedded-pairs.ts';
import { matchCommands } from '../match-commands.ts';
import { imageFindings, variableFindings, withoutTables } from '../scan-data.ts';
import type { Found, KindScanner, ScanContext } from '../scan-kind.ts';
import { readShell, type ShellCommand, type ShellWord } from '../shell-words.ts';
import type { Literal, Pair } from '../source-view.ts';

/** Scripts of the shell, Makefiles, PowerShell, HTTP request files: command by command, nothing expanded. */
export const SHELL: KindScanner = {
  scan: ({ text }, context) => scanShell(text, 0, context),
};

const ASSIGNMENT = /^(?:--?)?([A-Za-z_][\w-]{0,80})=/;

/**
 * What shell code shows; `base` is the offset of the code in its file, undefined where the code stands there in another form (a notebook's
 * cell): places are then those in the code.
 */
export function scanShell(code: string, place: number | undefined, context: ScanContext): Found[] {
  const base = place ?? 0;
  const commands = readShell(code, base);
  const words = commands.flat();
  const strings = words.flatMap((word) => stringsOf(word, code.slice(word.start - base, word.end - base)));
  const variables = words.flatMap(({ text, start }): Literal[] => {
    const name = ASSIGNMENT.exec(text)?.[1];
    return name === undefined ? [] : [{ start, end: start + name.length, value: name }];
  });
  const pairs = place === undefined ? [] : [...formFields(commands, code, base), ...bodies(words, code, base)];
  return [
    ...matchCommands(commands, context.catalog),
    ...variableFindings(variables, context.catalog),
    ...commands.flatMap((words) => containers(words, context)),
    ...withoutModels(withoutTables(context.scanData([...strings, ...variables], pairs), strings), context),
  ];
}

/** Images that a command of a container engine starts or fetches. */
function containers(words: ShellCommand, { catalog }: ScanContext): Found[] {
  const [engine, verb] = words;
  if (!/docker|podman|nerdctl|kubectl/i.test(engine?.text ?? '')) return [];
  if (/^(?:build|buildx|tag|push|image|manifest|compose|login|rm|rmi)$/.test(verb?.text ?? '')) return [];
  return words.slice(1).flatMap((word) => {
    const value = word.text.replace(/^--image=/, '');
    if (!value.includes('/') || value.startsWith('-')) return [];
    return imageFindings({ start: word.start, end: word.end, value }, catalog);
  });
}

const REQUEST = /^(?:curl|wget|https?|xh)(?:\.exe)?$/;
const FIELD = /^["']?([A-Za-z_][\w.[\]-]{0,60})=/;

/** Fields of a form or query that a request sends, `-F "return_attributes=${attributes}"`; a variable is followed to what the script sets it to. */
function formFields(commands: readonly ShellCommand[], code: string, base: number): Pair[] {
  const written = ({ start, end }: ShellWord) => code.slice(start - base, end - base);
  const set = new Map<string, ShellWord>();
  for (const word of commands.flat()) {
    const name = FIELD.exec(written(word))?.[1];
    if (name !== undefined) set.set(name, word);
  }
  return commands.flatMap((words) => {
    if (!REQUEST.test(words[0]?.text ?? '')) return [];
    return words.slice(1).flatMap((word): Pair[] => {
      const match = FIELD.exec(written(word));
      if (match?.[1] === undefined) return [];
      const variable = /^\$\{?(\w+)\}?["']?$/.exec(written(word).slice(match[0].length))?.[1];
      const value = (variable === undefined ? undefined : set.get(variable)) ?? word;
      return [{ start: word.start, end: word.end, key: match[1], value: { start: value.start, end: value.end } }];
    });
  });
}

/** Pairs of the JSON that is a word, or stands in one: the body of a request. */
function bodies(words: readonly ShellWord[], code: string, base: number): Pair[] {
  return words.flatMap(({ start, end }) => {
    const value = code.slice(start - base, end - base);
    return value.length < 20 ? [] : embeddedPairs({ start, end, value });
  });
}

/** A word, and what is quoted within it: an option may hold a whole document. A word of several lines is read line by line. */
function stringsOf({ text, start, end }: ShellWord, written: string): Literal[] {
  const assigned = ASSIGNMENT.exec(text)?.[0].length ?? 0;
  const whole = { start, end, value: text.slice(assigned) };
  if (!written.includes('\n')) return [whole, ...quotedIn(written, start)];
  let from = start;
  const lines = written.split('\n').map((line) => {
    const at = from;
    from += line.length + 1;
    return { start: at + line.length - line.trimStart().length, end: at + line.trimEnd().length, value: line.trim() };
  });
  return [...lines, ...quotedIn(written, start)];
}

function quotedIn(written: string, start: number): Literal[] {
  if (written.length < 20) return [];
  return [...written.slice(1).matchAll(/\\?"([^"\\\n]{3,300})\\?"/g)].map((match) => {
    const at = start + 1 + match.index + match[0].indexOf(match[1] ?? '');
    return { start: at, end: at + (match[1]?.length ?? 0), value: match[1] ?? '' };
  });
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
