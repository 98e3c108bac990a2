import type { Configuration } from '../configuration/configuration.ts';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { knownPolicies } from '../configuration/known-policies.ts';
import { readConfigurationLayer } from '../configuration/read-layer.ts';
import { type ResolvedConfiguration, resolveConfiguration } from '../configuration/resolve-configuration.ts';
import { compileGlobs } from '../document/glob.ts';
import type { Problem } from '../document/place.ts';
import { SERVICE_NAMES } from '../facts/services.ts';
import { createJudge } from '../policy/create-judge.ts';
import { addPacks } from '../policy/custom-packs.ts';
import { loadPacks } from '../policy/load-packs.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { selectPolicies } from '../policy/select-policies.ts';
import type { ReviewBasis } from './review-basis.ts';
import type { NotSeen } from './verdict.ts';

/** The texts that a basis is read from. */
export interface BasisTexts {
  /** The configuration of the organisation and of the repository; absent: there is none. */
  readonly organisation?: string | undefined;
  readonly repository?: string | undefined;
  /** Texts by path, among which the configured places of custom packs are looked up. */
  readonly documents: ReadonlyMap<string, string>;
}

export interface ResolvedBasis {
  readonly basis: ReviewBasis;
  /** What is wrong with the repository's configuration and packs; the organisation's own faults are for its own repository. */
  readonly problems: readonly Problem[];
  /** Layers of which nothing could be used, so that nothing judged without them is complete. */
  readonly notSeen: readonly NotSeen[];
}

const ORGANISATION_PATH = `the organisation's ${CONFIGURATION_PATH}`;

/** Reads configuration and packs into what a commit is judged by on a day (ISO). Never throws for what the texts hold. */
export function resolveBasis(texts: BasisTexts, on: string): ResolvedBasis {
  const shipped = loadPacks();
  const first = configurationOf(texts, shipped);
  const isPack = compileGlobs(first.configuration.packs);
  const files = [...texts.documents].filter(([path]) => isPack(path)).map(([path, text]) => ({ path, text }));
  const { packs, problems } = addPacks(
    shipped,
    files.sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
  // What a configuration may name is known once the packs are, and where these stand the configuration says.
  const resolved = files.length === 0 ? first : configurationOf(texts, packs);
  return {
    basis: basisOf(resolved.configuration, resolved.digest, packs, on),
    problems: [...resolved.problems, ...problems].filter(({ place }) => place.path !== ORGANISATION_PATH),
    notSeen: resolved.unreadable.map(notSeenOf),
  };
}

/** The configuration alone, with the defaults filled in. */
export function configurationOf(
  { organisation, repository }: Omit<BasisTexts, 'documents'>,
  packs: readonly PolicyPack[] = loadPacks(),
): ResolvedConfiguration {
  const layers = {
    ...(organisation !== undefined && {
      organisation: readConfigurationLayer({ path: ORGANISATION_PATH, text: organisation }),
    }),
    ...(repository !== undefined && {
      repository: readConfigurationLayer({ path: CONFIGURATION_PATH, text: repository }),
    }),
  };
  return resolveConfiguration(layers, knownPolicies(packs));
}

function basisOf(configuration: Configuration, digest: string, packs: readonly PolicyPack[], on: string): ReviewBasis {
  const { policies, interpretations } = configuration;
  const everything = { services: SERVICE_NAMES, facts: new Map() };
  const selected = selectPolicies(packs, everything, on, { policies }).map(({ pack }) => pack);
  const named = selected.map(({ id, version, digest: content }) => ({ id, version, digest: content }));
  return {
    configuration,
    configurationDigest: digest,
    policies: named.sort((a, b) => (`${a.id} ${a.version}` < `${b.id} ${b.version}` ? -1 : 1)),
    evaluate: createJudge(packs, { on, policies, interpretations }),
  };
}

function notSeenOf(layer: 'organisation' | 'repository'): NotSeen {
  const path = layer === 'repository' ? CONFIGURATION_PATH : ORGANISATION_PATH;
  return { what: 'configuration', path, reason: 'It has errors of form, so that nothing of it is in force.' };
}
