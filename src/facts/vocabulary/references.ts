import { type FactDefinition, YES_NO } from '../fact-definition.ts';

/** Against whom people are compared, with what consent, and whether they are followed. */
export const REFERENCE_FACTS = {
  reference_database: {
    kind: 'many',
    question: 'Against whom are they compared?',
    values: {
      claimed_identity_only: 'Only the reference of the identity that the person claims',
      consenting_enrolees: 'People who enrolled themselves',
      employees_or_customers: 'Staff, members or customers',
      suspects_or_wanted: 'Suspects and wanted persons',
      prior_inmates_or_mugshots: 'Former inmates, booking photos',
      missing_persons: 'Missing persons and victims',
      celebrities: 'Public persons',
      government_id_register: 'Passports, licences, visas and other public registers',
      blocked_users: 'People who are barred',
      open_web_images: 'Images collected from the open web',
      other: 'Any other gallery',
    },
    sources: ['ISO/IEC 2382-37: biometric enrolment database'],
  },
  database_origin: {
    kind: 'one',
    question: 'Where do the reference data come from?',
    values: {
      consented_enrolment: 'The people enrolled themselves, knowingly',
      lawful_records: 'Records kept under a law',
      customer_uploads: 'Uploads by customers or users',
      untargeted_scraping: 'Scraped from the internet or camera footage without a target',
      vendor_withheld: 'The vendor does not say',
      mixed: 'Several of these',
    },
    leavesOpen: ['vendor_withheld', 'mixed'],
    sources: ['EU AI Act, Article 5(1)(e)'],
  },
  individual_consent: {
    kind: 'one',
    question: 'Do those enrolled or matched agree?',
    values: {
      affirmative_individual: 'Each agreed, informed and freely, and can withdraw',
      affirmative_under_supervision: 'Each agreed, under custody, probation or a similar dependence',
      opt_out: 'They are included unless they object',
      notice_only: 'They are told, not asked',
      legal_mandate_no_consent: 'A law orders it, whether they agree or not',
      none: 'They are neither asked nor told',
    },
    sources: [
      'Microsoft code of conduct for Azure OpenAI Service (May 2024): "valid consent"',
      '740 ILCS 14 (BIPA), section 15',
    ],
  },
  consent_covers_all_captured: {
    kind: 'boolean',
    question: 'Does the consent cover everybody in view?',
    values: YES_NO,
    sources: ['Microsoft code of conduct for Azure OpenAI Service (May 2024): "the individual\'s valid consent"'],
  },
  surveillance_pattern: {
    kind: 'one',
    question: 'Are people observed over time?',
    values: {
      none: 'Nobody is observed',
      one_shot: 'A single look, no history',
      past_movements_reconstructed: 'Stored readings are joined into a history',
      ongoing_surveillance_identified: "An identified person's movements, on a persistent basis",
      persistent_tracking_unidentified: "A person's movements without identification, on a persistent basis",
    },
    sources: ['Microsoft, transparency note for Azure AI Face: ongoing surveillance, persistent tracking'],
  },
} as const satisfies Record<string, FactDefinition>;
