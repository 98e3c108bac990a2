import type { Configuration } from '../configuration.ts';
import type { ConfigurationKey } from '../configuration-key.ts';
import type { WrittenConfiguration } from '../configuration-schema.ts';

type Mode = Pick<Configuration, 'mode' | 'enforceFrom'>;

export const modeKey: ConfigurationKey = {
  key: 'mode',
  repositoryMay: 'Enforce where the organisation advises, or from an earlier day (`enforce_from`).',
  because: 'What only advises stops nobody.',
  replace(below, written) {
    return isWritten(written) ? withMode(below, modeOf(written)) : below;
  },
  tighten(floor, written, { complain }) {
    if (!isWritten(written)) return floor;
    const wanted = modeOf(written);
    if (startOf(wanted) <= startOf(floor)) return withMode(floor, wanted);
    const key = written.enforce_from === undefined ? 'mode' : 'enforce_from';
    complain([key], `The organisation ${inWords(floor)}; here the repository ${inWords(wanted)}`);
    return floor;
  },
};

function isWritten({ mode, enforce_from }: WrittenConfiguration): boolean {
  return mode !== undefined || enforce_from !== undefined;
}

function withMode({ mode: _mode, enforceFrom: _enforceFrom, ...others }: Configuration, mode: Mode): Configuration {
  return { ...others, ...mode };
}

function modeOf({ mode = 'enforce', enforce_from: enforceFrom }: WrittenConfiguration): Mode {
  return { mode, ...(enforceFrom !== undefined && { enforceFrom }) };
}

/** The first day of enforcement as a text that compares: before all days where there is no such day, after all where it never comes. */
function startOf({ mode, enforceFrom }: Mode): string {
  return enforceFrom ?? (mode === 'enforce' ? '' : '~');
}

function inWords({ mode, enforceFrom }: Mode): string {
  if (enforceFrom !== undefined) return `enforces from ${enforceFrom}`;
  return mode === 'enforce' ? 'enforces at once' : 'only advises';
}
