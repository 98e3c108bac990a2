import type { Integration } from '../integration/integration.ts';
import { providerOf } from './providers.ts';
import type { Level } from './verdict.ts';

/**
 * What it weighs when code shows a capability that nothing declares. `block`: it tells who somebody is, or reads traits off a
 * body; every policy of the packs has a clause on it. `ask`: it may, depending on what is asked of it. `warn` and `inform`: no clause bans it,
 * but an inventory should have it.
 */
export const CAPABILITY_WEIGHTS = {
  face_identification: 'block',
  face_verification: 'block',
  face_grouping: 'block',
  face_embedding: 'block',
  face_database_building: 'block',
  face_attributes: 'block',
  celebrity_recognition: 'block',
  voice_verification: 'block',
  voice_identification: 'block',
  other_biometric_verification: 'block',
  other_biometric_identification: 'block',
  biometric_categorisation: 'block',
  emotion_inference: 'block',
  person_tracking: 'block',
  image_understanding: 'ask',
  video_indexing: 'ask',
  liveness: 'ask',
  license_plate_recognition: 'ask',
  activity_recognition: 'ask',
  medical_imaging: 'ask',
  record_linkage: 'ask',
  risk_scoring: 'ask',
  face_detection: 'warn',
  face_quality: 'warn',
  face_redaction: 'warn',
  person_detection: 'warn',
  image_captioning: 'inform',
  object_detection: 'inform',
  content_moderation: 'inform',
  image_embedding: 'inform',
  image_generation: 'inform',
  ocr: 'inform',
  document_understanding: 'inform',
  speech_to_text: 'inform',
  speaker_diarisation: 'inform',
  speech_synthesis: 'inform',
  translation: 'inform',
  text_generation: 'inform',
  other: 'inform',
} as const satisfies Record<string, Level>;

const WEIGHTS: ReadonlyMap<string, Level> = new Map(Object.entries(CAPABILITY_WEIGHTS));

/** Attributes that every policy of the packs leaves out of its bans, or that say too little to tell. */
const HARMLESS_ATTRIBUTES: ReadonlySet<string> = new Set([
  'age_range',
  'hair_colour',
  'facial_hair',
  'mouth_position',
  'glasses_or_mask',
  'head_pose',
  'other',
]);

/**
 * A capability contains those beside it: who declares the first has said the others. Finding faces is part of identifying them,
 * and the vocabulary counts enrolment to `face_identification`.
 */
const CONTAINS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    face_quality: ['face_detection'],
    face_attributes: ['face_detection', 'face_quality'],
    face_embedding: ['face_detection', 'face_quality'],
    face_redaction: ['face_detection'],
    liveness: ['face_detection', 'face_quality'],
    face_verification: ['face_detection', 'face_quality', 'face_embedding'],
    face_grouping: ['face_detection', 'face_quality', 'face_embedding'],
    face_identification: ['face_detection', 'face_quality', 'face_embedding'],
    face_database_building: ['face_detection', 'face_quality', 'face_embedding'],
    celebrity_recognition: ['face_detection', 'face_quality'],
    person_tracking: ['person_detection'],
    license_plate_recognition: ['ocr', 'object_detection'],
    document_understanding: ['ocr'],
    image_understanding: ['image_captioning', 'object_detection', 'ocr'],
    video_indexing: ['object_detection', 'ocr', 'speech_to_text'],
  }),
);

const RANK: Readonly<Record<Level, number>> = { block: 3, ask: 2, warn: 1, inform: 0 };

/** Levels as numbers, worst highest. */
export function rankOf(level: Level): number {
  return RANK[level];
}

/** The worse of two levels. */
export function worseLevel(a: Level, b: Level): Level {
  return RANK[a] >= RANK[b] ? a : b;
}

/** A capability's weight; one that the table lacks (a newer vocabulary) has to be asked about. */
export function weightOfCapability(capability: string): Level {
  return WEIGHTS.get(capability) ?? 'ask';
}

/** The weight of a property that is read off a person. */
export function weightOfAttribute(attribute: string): Level {
  return HARMLESS_ATTRIBUTES.has(attribute) ? 'ask' : 'block';
}

/**
 * What an undeclared integration weighs: the worst of its capability and what else its code shows (a prompt that asks for emotions).
 * What is only potential, a dependency or a wildcard permission, warns at most.
 */
export function weightOfIntegration(integration: Integration): Level {
  let level = weightOfOperation(integration);
  for (const capability of listed(integration.facts.capability))
    level = worseLevel(level, weightOfCapability(capability));
  for (const attribute of listed(integration.facts.attribute_inferred))
    level = worseLevel(level, weightOfAttribute(attribute));
  if (integration.certainty === 'potential' && RANK[level] > RANK.warn) return 'warn';
  return level;
}

/** Code that reaches a provider without showing what for is as grave as what people go there for, but only asked about. */
function weightOfOperation({ capability, provider }: Integration): Level {
  if (capability !== 'unspecified') return weightOfCapability(capability);
  const worst = providerOf(provider).potential.map(weightOfCapability).reduce(worseLevel, 'inform');
  return worst === 'block' ? 'ask' : worst;
}

/** Whether one of the declared capabilities is, or contains, the one seen. */
export function declares(declared: readonly string[], capability: string): boolean {
  return declared.some((name) => name === capability || CONTAINS.get(name)?.includes(capability) === true);
}

function listed(value: readonly string[] | number | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}
