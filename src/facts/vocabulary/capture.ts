import type { FactDefinition } from '../fact-definition.ts';

/** When and how people are captured. */
export const CAPTURE_FACTS = {
  latency: {
    kind: 'one',
    question: 'When does matching or inference happen?',
    values: {
      real_time: 'Live or streaming, without significant delay',
      near_real_time: 'Within minutes, while the person can still be followed',
      post_event: 'On recordings or submitted material, later',
      not_applicable: 'Nobody is matched or observed',
    },
    sources: ['EU AI Act, Article 3(42) and (43)'],
  },
  camera_mobility: {
    kind: 'one',
    question: 'Does the camera move?',
    values: {
      fixed: 'Mounted in one place, panning and zooming included',
      body_worn: 'Worn by a person',
      vehicle_mounted: 'In or on a vehicle, dash cameras included',
      handheld_or_phone: 'Carried in the hand, phones and tablets included',
      drone: 'On an unmanned aircraft or robot',
      mixed: 'Fixed and moving cameras',
      no_camera: 'No camera is involved',
    },
    sources: [
      'ISO/IEC 2382-37: biometric capture device',
      'Microsoft code of conduct for Azure OpenAI Service (May 2024): "mobile cameras"',
    ],
  },
  camera_holder: {
    kind: 'one',
    question: 'Whose hand is it in?',
    values: {
      operator: 'Of whoever runs the system',
      subject: 'Of the person captured',
      third_party: 'Of somebody else',
    },
    sources: ['ISO/IEC 2382-37: biometric capture subject'],
  },
  environment: {
    kind: 'one',
    question: 'Are place, light and pose controlled?',
    values: {
      controlled: 'Staged capture: a gate, a booth, an interview room',
      uncontrolled: 'In the wild: a street, a crowd, a traffic stop',
      mixed: 'Both',
    },
    sources: [
      'NIST FRTE: constrained and unconstrained images',
      'Microsoft code of conduct for Azure OpenAI Service (May 2024): "in the wild"',
    ],
  },
  publicly_accessible_space: {
    kind: 'one',
    question: 'Can the public enter the place?',
    values: {
      accessible: 'An undetermined number of people can enter, with or without conditions such as a ticket',
      not_accessible: 'Only specific, defined people can enter',
      mixed: 'Both kinds of places',
    },
    sources: ['EU AI Act, Article 3(44)'],
  },
  subject_participation: {
    kind: 'one',
    question: 'Do the people take part?',
    values: {
      active_cooperative: 'They present themselves knowingly, near the sensor',
      passive_at_distance: 'They are captured without active involvement, typically at a distance',
    },
    sources: ['EU AI Act, Article 3(41)'],
  },
} as const satisfies Record<string, FactDefinition>;
