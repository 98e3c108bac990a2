import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/facts/read-facts.ts';
import { compareOutcomes, matchClauses } from '../../src/policy/compare-packs.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';

const PLACE = { path: 'x', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };

function pack(id: string) {
  const found = loadPacks().find((each) => each.id === id);
  if (found === undefined) throw new Error(`no pack ${id}`);
  return found;
}

function changes(before: string, after: string, facts: Record<string, unknown>) {
  const read = readFacts(facts, () => PLACE).facts;
  return compareOutcomes(pack(before), pack(after), read).map((change) =>
    [change.before, change.after].map((result) => result && `${result.rule} ${result.outcome}`),
  );
}

describe('matchClauses', () => {
  it('tells what of a policy goes on, what is new and what is gone', () => {
    const matches = matchClauses(pack('ms-aoai-pre-2024-05'), pack('ms-aoai-2024-05'));
    expect(matches.filter(({ continued }) => continued.length === 0).map(({ rule }) => rule)).toEqual([
      'USPD',
      'MOB',
      'SURV',
      'SENS',
      'EMO',
      'BCAT',
      'OVERSIGHT',
    ]);
    expect(matches.find(({ rule }) => rule === 'ID')?.continued).toEqual(['PRE-ID-1', 'PRE-ID-2', 'PRE-POL']);
    expect(matches.filter(({ rule }) => rule === undefined)).toEqual([{ continued: ['PRE-LIM'] }]);
  });
});

describe('compareOutcomes', () => {
  const bodyCamera = {
    operator: 'us_state_or_local_police',
    capability: ['face_identification'],
    input: ['video_of_people'],
    latency: 'real_time',
    camera_mobility: 'body_worn',
    environment: 'uncontrolled',
    individual_consent: 'affirmative_individual',
    consent_covers_all_captured: true,
    attribute_inferred: [],
    decision_effect: 'low',
    vendor_approval: ['ms_limited_access'],
  };

  it('shows the two new police clauses of May 2024 at work', () => {
    expect(changes('ms-aoai-pre-2024-05', 'ms-aoai-2024-05', bodyCamera)).toEqual([
      [undefined, 'USPD prohibited'],
      [undefined, 'MOB prohibited'],
    ]);
  });

  it('follows clauses under their new ids', () => {
    expect(changes('ms-aoai-2024-05', 'ms-ai-v4', { ...bodyCamera, crime_risk_basis: 'no_prediction' })).toEqual([
      ['ID prohibited', 'R15 not_covered'],
    ]);
  });

  it('says nothing of a use case that neither version concerns', () => {
    const harmless = {
      capability: ['ocr'],
      attribute_inferred: [],
      surveillance_pattern: 'none',
      decision_effect: 'none',
      vendor_approval: ['ms_limited_access'],
    };
    expect(changes('ms-aoai-pre-2024-05', 'ms-aoai-2024-05', harmless)).toEqual([]);
  });
});
