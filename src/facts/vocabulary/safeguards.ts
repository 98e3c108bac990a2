import { type FactDefinition, YES_NO } from '../fact-definition.ts';

/** What hangs on it, who decides, and by which authority. */
export const SAFEGUARD_FACTS = {
  decision_effect: {
    kind: 'one',
    question: 'What hangs on it for the person?',
    values: {
      none: 'Nothing',
      low: 'Convenience, easily undone',
      consequential: 'Legal position, money, life chances, work, rights, bodily or mental harm',
    },
    sources: ['Code of Conduct for Microsoft AI Services v4.0, no. 5', 'AWS Responsible AI Policy'],
  },
  human_review: {
    kind: 'one',
    question: 'Who decides?',
    values: {
      trained_human_decides: 'A trained person decides; the output is one input among others',
      human_reviews_output: 'A person looks at the output before it takes effect',
      none: 'Nobody looks before it takes effect',
    },
    sources: ['AWS Service Terms, 50.8.1', 'Code of Conduct for Microsoft AI Services v4.0, no. 5'],
  },
  similarity_threshold: {
    kind: 'number',
    question: 'Which threshold of similarity counts as a match (0 to 1)?',
    values: {},
    range: [0, 1],
    sources: ['ISO/IEC 2382-37: comparison threshold', 'Amazon Rekognition: public safety use cases (0.99)'],
  },
  legal_authorisation: {
    kind: 'many',
    question: 'By which authority?',
    values: {
      court_order_or_warrant: 'An order of a court',
      independent_authority: 'A decision of an independent administrative authority',
      exigent_circumstances: 'Urgency that the law recognises, to be authorised afterwards',
      statute: 'A statute that allows this use',
    },
    sources: ['EU AI Act, Article 5(3) and Article 26(10)', 'AWS Service Terms, 50.8.3'],
  },
  vendor_approval: {
    kind: 'many',
    question: 'Which approvals of the vendor cover this use case?',
    values: {
      ms_limited_access: 'Microsoft granted Limited Access for this use case',
      ms_modified_guardrails: 'Microsoft approved modified content filtering or abuse monitoring',
      google_allowlist: 'Google allowlisted the project for the feature',
      openai_national_security: 'OpenAI approved a use for national security',
    },
    sources: [
      'Microsoft, Limited Access to Face API',
      'Code of Conduct for Microsoft AI Services v4.0, no. 15',
      'OpenAI Usage policies',
    ],
  },
  public_disclosure: {
    kind: 'boolean',
    question: 'Is the use publicly disclosed?',
    values: YES_NO,
    sources: ['AWS Service Terms, 50.8.4', 'EU AI Act, Article 50'],
  },
  minors_involved: {
    kind: 'boolean',
    question: 'Are minors among the people captured?',
    values: YES_NO,
    sources: ['Microsoft, transparency note for Azure AI Face'],
  },
} as const satisfies Record<string, FactDefinition>;
