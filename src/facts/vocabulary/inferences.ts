import type { FactDefinition } from '../fact-definition.ts';

/** What goes in, and what is read out of it about people. */
export const INFERENCE_FACTS = {
  input: {
    kind: 'many',
    question: 'What goes in?',
    values: {
      images_of_people: 'Still images that show people',
      video_of_people: 'Video, live or recorded, that shows people',
      images_without_people: 'Images or video that show nobody',
      audio_of_people: 'Recordings or streams of people speaking',
      text: 'Text, whoever wrote it',
      records: 'Structured data about persons or cases',
    },
    sources: ['EU AI Act, Article 3(34): biometric data'],
  },
  attribute_inferred: {
    kind: 'many',
    question: 'What is inferred about a person?',
    values: {
      gender: 'Sex or gender',
      race_or_ethnicity: 'Race, ethnicity or skin colour as a stand-in for it',
      nationality: 'Nationality or citizenship',
      religion: 'Religious or philosophical belief',
      political_opinion: 'Political opinion or affiliation',
      trade_union: 'Membership of a trade union',
      sex_life_or_orientation: 'Sex life or sexual orientation',
      specific_age: 'Age in years, or a range so narrow that it is one',
      age_range: 'A broad age group, such as child or adult',
      hair_colour: 'Colour of the hair',
      facial_hair: 'Beard, moustache, sideburns',
      mouth_position: 'Open, closed, smile or frown as a shape',
      glasses_or_mask: 'Glasses, mask, headwear',
      head_pose: 'Where the head points',
      emotion: 'Anger, joy, fear and other states of feeling',
      intention: 'What the person means to do, honesty included',
      physical_state: 'Pain, fatigue, intoxication and other bodily states',
      health: 'Illness, disability or another condition of health',
      other: 'Any other property of a person',
    },
    sources: [
      'EU AI Act, Article 3(39), (40) and Article 5(1)(g)',
      'Code of Conduct for Microsoft AI Services v4.0, no. 11',
    ],
  },
  inference_basis: {
    kind: 'many',
    question: 'From what?',
    values: {
      bodily_or_behavioural: 'Face, body, voice, gait or other traits of body and behaviour',
      text_content: 'What a text says',
      self_declared: 'What the person states of themselves',
      metadata: 'Data around the content, such as time, place or device',
    },
    sources: ['EU AI Act, Article 3(34) and (39)', 'Code of Conduct for Microsoft AI Services v4.0, no. 12'],
  },
  personal_data: {
    kind: 'many',
    question: 'Which personal data of those observed?',
    values: {
      face: 'Faces',
      voice: 'Voices',
      other_biometric: 'Iris, fingerprint, gait and other biometric data',
      plates: 'Vehicle plates',
      geolocation: 'Positions and movements',
      communications: 'Messages, calls and their content',
      log_data: 'Traces of use of systems and networks',
      records: 'Files and registers about a person',
    },
    sources: [
      'EU AI Act, Article 3(34) and (50)',
      'Microsoft code of conduct for Azure OpenAI Service (May 2024): "any of their personal information"',
    ],
  },
} as const satisfies Record<string, FactDefinition>;
