import type { Problem } from '../document/place.ts';
import { createProblem } from '../document/problem.ts';
import { limitProblems } from '../document/read-document.ts';
import { checkNames } from './check-names.ts';
import type { Configuration } from './configuration.ts';
import { DEFAULT_CONFIGURATION } from './configuration-defaults.ts';
import { configurationDigest } from './configuration-digest.ts';
import { CONFIGURATION_KEYS } from './configuration-keys.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';
import type { KnownPolicy } from './known-policies.ts';
import type { ConfigurationLayer } from './read-layer.ts';

/** The files that a configuration is made of; a file that does not exist is absent. */
export interface ConfigurationLayers {
  readonly organisation?: ConfigurationLayer;
  readonly repository?: ConfigurationLayer;
}

export interface ResolvedConfiguration {
  readonly configuration: Configuration;
  /** SHA-256 of the resolved configuration, hexadecimal; the same however the files are written. */
  readonly digest: string;
  /** Of both files, in the order of their lines; the organisation's first. */
  readonly problems: readonly Problem[];
  /** Files with errors of form, of which nothing is used: what is judged without them is not complete. */
  readonly unreadable: readonly ('organisation' | 'repository')[];
}

/**
 * Resolves the repository's configuration over its organisation's over the defaults. Where the organisation has a
 * configuration, it is a floor with the defaults filled in: the repository can only tighten it, but for the keys that the
 * organisation allows; what would loosen is a problem with its line, and the floor stays. Unknown names are problems with
 * the nearest known name, and are left out.
 */
export function resolveConfiguration(
  { organisation, repository }: ConfigurationLayers,
  known: readonly KnownPolicy[],
): ResolvedConfiguration {
  const floor = resolveFloor(organisation, known);
  const resolved = repository ? resolveOver(floor.configuration, repository, organisation, known) : undefined;
  const { configuration } = resolved ?? floor;
  const layers = { organisation, repository };
  const unreadable = LAYERS.filter((name) => layers[name] !== undefined && layers[name].written === undefined);
  const problems = [...byPlace(floor.problems), ...byPlace(resolved?.problems ?? [])];
  const [first] = problems;
  return {
    configuration,
    digest: configurationDigest(configuration),
    problems: first ? limitProblems(problems, first.place) : [],
    unreadable,
  };
}

const LAYERS = ['organisation', 'repository'] as const;

type Resolved = Pick<ResolvedConfiguration, 'configuration' | 'problems'>;

function resolveFloor(organisation: ConfigurationLayer | undefined, known: readonly KnownPolicy[]): Resolved {
  if (!organisation) return { configuration: DEFAULT_CONFIGURATION, problems: [] };
  const names = checkNames(organisation, known);
  const configuration = replaceAll(DEFAULT_CONFIGURATION, names.written);
  return { configuration, problems: [...organisation.problems, ...names.problems] };
}

function replaceAll(below: Configuration, written: WrittenConfiguration): Configuration {
  return CONFIGURATION_KEYS.reduce((configuration, key) => key.replace(configuration, written), below);
}

function resolveOver(
  floor: Configuration,
  repository: ConfigurationLayer,
  organisation: ConfigurationLayer | undefined,
  known: readonly KnownPolicy[],
): Resolved {
  const { written, problems } = checkNames(repository, known);
  const all = [...repository.problems, ...problems];
  if (!organisation) return { configuration: replaceAll(floor, written), problems: all };
  if (written.allow !== undefined) {
    const place = repository.placeOf(['allow'], 'entry');
    all.push(
      createProblem('SL-CONF-ORGANISATION-ONLY', place, 'Only an organisation can allow keys to its repositories'),
    );
  }
  const complain = (path: readonly (string | number)[], message: string) => {
    all.push(createProblem('SL-CONF-LOOSENS', repository.placeOf(path, 'entry'), message));
  };
  const free = new Set<string>(organisation.written?.allow);
  const configuration = CONFIGURATION_KEYS.reduce((below, key) => {
    return free.has(key.key) ? key.replace(below, written) : key.tighten(below, written, { known, complain });
  }, floor);
  return { configuration, problems: all };
}

function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(({ place: a }, { place: b }) => {
    return a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn;
  });
}
