import { type FactDefinition, YES_NO } from '../fact-definition.ts';
import { COUNTRIES } from './countries.ts';
import { US_STATES } from './us-states.ts';

const ACTORS = {
  us_state_or_local_police:
    "A police department, sheriff's office, state, campus or transit police in the United States",
  us_federal_law_enforcement: 'A federal agency of the United States that investigates crime or arrests',
  non_us_law_enforcement: 'A public body outside the United States that prevents, investigates or prosecutes crime',
  border_or_immigration: 'A public body that controls borders or enforces immigration law',
  court_or_prosecutor: 'A court, prosecutor or litigating division',
  corrections: 'A prison, jail, probation or parole body',
  military_or_intelligence: 'Armed forces or an intelligence service',
  other_public_body: 'Any other public body',
  private_security: 'A private guard or security company',
  private_entity: 'Any other company, association or institution',
  individual: 'A person for private purposes',
} as const;

const ACTOR_SOURCES = ['EU AI Act, Article 3(45): law enforcement authority', 'AWS Service Terms, 50.8'];

/** Who runs it, for whom, and where. */
export const ACTOR_FACTS = {
  operator: { kind: 'one', question: 'Who runs the system?', values: ACTORS, sources: ACTOR_SOURCES },
  beneficiary: {
    kind: 'many',
    question: 'On whose behalf does it run, or who receives its output?',
    values: ACTORS,
    sources: [...ACTOR_SOURCES, 'Microsoft code of conduct for Azure OpenAI Service (May 2024): "by or for"'],
  },
  deployment_countries: {
    kind: 'many',
    question: 'Where is it used or its output used?',
    values: COUNTRIES,
    sources: ['ISO 3166-1 alpha-2', 'EU AI Act, Article 2'],
  },
  deployment_us_states: {
    kind: 'many',
    question: 'In which US states?',
    values: US_STATES,
    sources: ['ISO 3166-2:US'],
  },
  eu_nexus: {
    kind: 'boolean',
    question: 'Is it placed on the market, used, or its output used, in the European Union?',
    values: YES_NO,
    sources: ['EU AI Act, Article 2(1)'],
  },
} as const satisfies Record<string, FactDefinition>;
