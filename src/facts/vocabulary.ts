import type { FactDefinition } from './fact-definition.ts';
import { ACTOR_FACTS } from './vocabulary/actors.ts';
import { CAPABILITY_FACTS } from './vocabulary/capabilities.ts';
import { CAPTURE_FACTS } from './vocabulary/capture.ts';
import { INFERENCE_FACTS } from './vocabulary/inferences.ts';
import { PURPOSE_FACTS } from './vocabulary/purposes.ts';
import { REFERENCE_FACTS } from './vocabulary/references.ts';
import { SAFEGUARD_FACTS } from './vocabulary/safeguards.ts';

const TABLE = {
  ...ACTOR_FACTS,
  ...CAPABILITY_FACTS,
  ...INFERENCE_FACTS,
  ...CAPTURE_FACTS,
  ...REFERENCE_FACTS,
  ...PURPOSE_FACTS,
  ...SAFEGUARD_FACTS,
} as const satisfies Record<string, FactDefinition>;

export type FactName = keyof typeof TABLE;

/** Every fact that a declaration may state or code may show, in the order in which people are asked. */
export const VOCABULARY: Readonly<Record<FactName, FactDefinition>> = TABLE;

export const FACT_NAMES = Object.keys(TABLE) as readonly FactName[];

/** The standards and laws whose terms the vocabulary follows. */
export const STANDARDS = {
  'ISO/IEC 2382-37': 'https://www.iso.org/standard/73514.html',
  'NIST FRTE and FATE': 'https://www.nist.gov/programs-projects/face-technology-evaluations-frtefate',
  'EU AI Act': 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj/eng',
  'ISO 3166': 'https://www.iso.org/iso-3166-country-codes.html',
} as const;

/** Whether a name is a fact of the vocabulary. */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(VOCABULARY, name);
}

/** The allowed values of a fact, in the vocabulary's order; none for numbers. */
export function valuesOf(name: FactName): readonly string[] {
  return Object.keys(VOCABULARY[name].values);
}
