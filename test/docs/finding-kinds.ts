import type { FINDING_KIND_SEVERITIES } from '../../src/configuration/severities.ts';

/** What each kind of the review's own findings means, for the page of the configuration. */
export const FINDING_KIND_MEANINGS: Readonly<Record<keyof typeof FINDING_KIND_SEVERITIES, string>> = {
  undeclared_integration: 'Code uses AI vision, and no use case covers it',
  undeclared_capability: 'Code can do more than the use case that covers it says',
  undeclared_fact: 'Code shows a fact that the use case does not state',
  contradicted_fact: 'The declaration says the opposite of what code shows',
  invalid_document: 'A declaration or policy cannot be read',
  configuration: 'The configuration cannot be read, or tries to loosen what the organisation set',
  description_lint: 'A description speaks of something that the facts deny',
};
