import { ERROR_CODES } from '../document/error-codes.ts';
import { nearest } from '../document/nearest.ts';
import { wrap } from '../report/terminal/wrap.ts';
import { UsageError } from './command.ts';

/**
 * What a code of the error catalogue means and what to do, in lines of at most `width` characters; undefined for what is no code.
 *
 * @throws {UsageError} for a code that there is not
 */
export function errorCodeText(target: string, width: number): string | undefined {
  const code = target.toUpperCase();
  if (!code.startsWith('SL-')) return undefined;
  const codes = new Map(Object.entries(ERROR_CODES));
  const entry = codes.get(code);
  if (entry === undefined) {
    const meant = nearest(code, [...codes.keys()]);
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
    throw new UsageError(`there is no error code '${target}'.${hint}`, 'docs/reference/errors.md lists them.');
  }
  const { title, meaning, remedy } = entry;
  return `${[...wrap(`${code}: ${title}`, width), '', ...wrap(meaning, width), ...wrap(`What to do: ${remedy}`, width)].join('\n')}\n`;
}
