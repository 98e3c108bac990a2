import { describe, expect, it } from 'vitest';
import { SERVICES } from '../../src/facts/services.ts';
import { FACT_NAMES, VOCABULARY, valuesOf } from '../../src/facts/vocabulary.ts';

describe('the vocabulary', () => {
  it('has every fact', () => {
    expect(FACT_NAMES).toMatchInlineSnapshot(`
      [
        "operator",
        "beneficiary",
        "deployment_countries",
        "deployment_us_states",
        "eu_nexus",
        "capability",
        "input",
        "attribute_inferred",
        "inference_basis",
        "personal_data",
        "latency",
        "camera_mobility",
        "camera_holder",
        "environment",
        "publicly_accessible_space",
        "subject_participation",
        "reference_database",
        "database_origin",
        "individual_consent",
        "consent_covers_all_captured",
        "surveillance_pattern",
        "purpose",
        "crime_risk_basis",
        "context",
        "decision_effect",
        "human_review",
        "similarity_threshold",
        "legal_authorisation",
        "vendor_approval",
        "public_disclosure",
        "minors_involved",
      ]
    `);
  });

  it.each(FACT_NAMES)('says of %s what it asks, what its values mean and where the terms come from', (name) => {
    const { kind, question, values, range, sources } = VOCABULARY[name];
    expect(question).toMatch(/^[A-Z].*[?]$/);
    expect(sources.length).toBeGreaterThan(0);
    for (const definition of Object.values(values)) expect(definition).toMatch(/^\S.*[^.\s]$/u);
    if (kind === 'number') expect(range).toBeDefined();
    else expect(Object.keys(values).length).toBeGreaterThan(1);
  });

  it('writes values in one style, so that they are YAML texts without quotes', () => {
    for (const name of FACT_NAMES) {
      const style =
        { deployment_countries: /^[A-Z]{2}$/, deployment_us_states: /^US-[A-Z]{2}$/ }[name as string] ??
        /^[a-z]+(_[a-z]+)*$/;
      for (const value of valuesOf(name)) expect(value).toMatch(style);
    }
  });

  it('knows the countries of ISO 3166-1 and the states of ISO 3166-2:US', () => {
    expect(valuesOf('deployment_countries')).toHaveLength(249);
    expect(VOCABULARY.deployment_countries.values).toMatchObject({ NO: 'Norway', US: 'United States', DE: 'Germany' });
    expect(valuesOf('deployment_us_states')).toHaveLength(57);
    expect(VOCABULARY.deployment_us_states.values).toMatchObject({
      'US-DC': 'District of Columbia',
      'US-WY': 'Wyoming',
    });
  });

  it('says what every service is', () => {
    for (const definition of Object.values(SERVICES)) expect(definition).toMatch(/^\S.*[^.\s]$/);
  });
});
