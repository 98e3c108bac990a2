import type { Configuration } from '../configuration/configuration.ts';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { knownPolicies } from '../configuration/known-policies.ts';
import { readConfigurationLayer } from '../configuration/read-layer.ts';
import { type ResolvedConfiguration, resolveConfiguration } from '../configuration/resolve-configuration.ts';
import { compileGlobs } from '../document/glob.ts';
import type { Problem } from '../document/place.ts';
import type { Source } from '../document/read-document.ts';
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
  /** The same of the organisation's repository, where its own configuration says which are packs. */
  readonly organisationDocuments?: ReadonlyMap<string, string> | undefined;
}

export interface ResolvedBasis {
  readonly basis: ReviewBasis;
  /** What is wrong with the repository's configuration and packs; the organisation's own faults are for its own repository. */
  readonly problems: readonly Problem[];
  /** Layers and packs of which nothing could be used, so that nothing judged without them is complete. */
  readonly notSeen: readonly NotSeen[];
}

const ORGANISATION = "the organisation's ";

const ORGANISATION_PATH = ORGANISATION + CONFIGURATION_PATH;

/**
 * Reads configuration and packs into what a commit is judged by on a day (ISO). The organisation's packs stand beside the shipped
 * ones, and the repository's can take the name of neither. Never throws for what the texts hold.
 */
export function resolveBasis(texts: BasisTexts, on: string): ResolvedBasis {
  const { packs: present, problems: unusable } = withOrganisation(loadPacks(), texts);
  const first = configurationOf(texts, present);
  const files = packFiles(texts.documents, first.configuration);
  const { packs, problems } = addPacks(present, files);
  // What a configuration may name is known once the packs are, and where these stand the configuration says.
  const resolved = files.length === 0 ? first : configurationOf(texts, packs);
  return {
    basis: basisOf(resolved.configuration, resolved.digest, packs, on),
    problems: [...resolved.problems, ...problems].filter(({ place }) => place.path !== ORGANISATION_PATH),
    notSeen: [...resolved.unreadable.map(notSeenOf), ...packsNotSeen([...unusable, ...problems])],
  };
}

/** All packs that judge, some of which may come to an end or begin later; those with errors are left out. */
export function packsOf(texts: BasisTexts): readonly PolicyPack[] {
  const { packs } = withOrganisation(loadPacks(), texts);
  return addPacks(packs, packFiles(texts.documents, configurationOf(texts, packs).configuration)).packs;
}

function withOrganisation(shipped: readonly PolicyPack[], { organisation, organisationDocuments }: BasisTexts) {
  if (organisationDocuments === undefined || organisationDocuments.size === 0) return { packs: shipped, problems: [] };
  const files = packFiles(organisationDocuments, configurationOf({ organisation }, shipped).configuration);
  return addPacks(
    shipped,
    files.map(({ path, text }) => ({ path: ORGANISATION + path, text })),
  );
}

/** Packs, and worked cases of packs, in the order of their paths. */
function packFiles(documents: ReadonlyMap<string, string>, { packs }: Configuration): readonly Source[] {
  const isPack = compileGlobs(packs);
  const files = [...documents].filter(([path]) => isPack(path)).map(([path, text]) => ({ path, text }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The configuration alone, with the defaults filled in. */
export function configurationOf(
  { organisation, repository }: Pick<BasisTexts, 'organisation' | 'repository'>,
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

/** Of each pack that can't be used, the first reason. */
function packsNotSeen(problems: readonly Problem[]): readonly NotSeen[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const { path } = problem.place;
    if (problem.level === 'error' && !first.has(path)) first.set(path, problem);
  }
  return [...first].map(([path, { place, message }]) => ({
    what: 'configuration',
    path: `${path}:${place.range.startLine}`,
    reason: `${message}. Nothing of this policy is in force.`,
  }));
}

function notSeenOf(layer: 'organisation' | 'repository'): NotSeen {
  const path = layer === 'repository' ? CONFIGURATION_PATH : ORGANISATION_PATH;
  return { what: 'configuration', path, reason: 'It has errors of form, so that nothing of it is in force.' };
}
