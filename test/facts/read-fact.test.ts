import { describe, expect, it } from 'vitest';
import type { FactState } from '../../src/facts/fact.ts';
import { readFact } from '../../src/facts/read-fact.ts';

const one = (...possible: string[]): FactState => ({ kind: 'one', possible });
const many = (
  includes: string[],
  possible: string[] | 'any' = [],
  excludes: string[] = [],
  atLeastOne = false,
): FactState => ({
  kind: 'many',
  includes,
  possible,
  excludes,
  atLeastOne,
});

describe('the forms of a fact', () => {
  it.each<[string, unknown, FactState]>([
    ['operator', 'private_entity', one('private_entity')],
    ['operator', { one_of: ['corrections', 'individual'] }, one('corrections', 'individual')],
    ['operator', { one_of: ['corrections', 'corrections'] }, one('corrections')],
    ['capability', ['ocr', 'speech_to_text'], many(['ocr', 'speech_to_text'])],
    ['capability', 'ocr', many(['ocr'])],
    ['capability', [], many([])],
    ['capability', { includes: ['ocr'] }, many(['ocr'])],
    ['capability', { includes: ['ocr'], may_include: ['face_detection'] }, many(['ocr'], ['face_detection'])],
    ['capability', { includes: ['ocr'], may_include: ['ocr', 'translation'] }, many(['ocr'], ['translation'])],
    ['capability', { may_include: ['ocr'], at_least_one: true }, many([], ['ocr'], [], true)],
    ['capability', { may_include: 'any', at_least_one: true }, many([], 'any', [], true)],
    ['deployment_countries', { may_include: 'any', excludes: ['US'] }, many([], 'any', ['US'])],
    ['deployment_countries', ['NO'], many(['NO'])],
    ['eu_nexus', true, one('true')],
    ['eu_nexus', false, one('false')],
    ['similarity_threshold', 0.99, { kind: 'number', value: 0.99 }],
    ['similarity_threshold', 0, { kind: 'number', value: 0 }],
  ])('%s: %j', (name, value, state) => {
    expect(readFact(name, value)).toEqual({ kind: 'known', state });
  });

  it.each<[string, unknown]>([
    ['operator', 'unknown'],
    ['operator', null],
    ['eu_nexus', 'unknown'],
    ['similarity_threshold', 'unknown'],
    ['capability', 'unknown'],
    ['capability', { may_include: 'any' }],
    ['camera_holder', { one_of: ['operator', 'subject', 'third_party'] }],
  ])('%s: %j says nothing', (name, value) => {
    expect(readFact(name, value)).toEqual({ kind: 'unknown' });
  });
});

describe('what is wrong with a fact', () => {
  it.each<[string, unknown, string, readonly unknown[], string | undefined]>([
    ['capabilities', [], 'SL-FACT-UNKNOWN', [], 'capability'],
    ['weather', 'fine', 'SL-FACT-UNKNOWN', [], undefined],
    ['toString', 'x', 'SL-FACT-UNKNOWN', [], undefined],
    ['operator', 'us_state_or_local_pollice', 'SL-FACT-VALUE', [], 'us_state_or_local_police'],
    ['operator', 'constructor', 'SL-FACT-VALUE', [], undefined],
    ['operator', ['private_entity'], 'SL-FACT-FORM', [], 'private_entity'],
    ['operator', ['private_entity', 'individual'], 'SL-FACT-FORM', [], '{one_of: [private_entity, individual]}'],
    ['operator', { one_of: [] }, 'SL-FACT-FORM', [], undefined],
    ['operator', { one_of: ['privat_entity'] }, 'SL-FACT-VALUE', ['one_of', 0], 'private_entity'],
    ['operator', { one_of: ['individual'], excludes: [] }, 'SL-FACT-FORM', [], undefined],
    ['operator', 5, 'SL-FACT-FORM', [], undefined],
    ['capability', ['ocr', 'face_idetification'], 'SL-FACT-VALUE', [1], 'face_identification'],
    ['capability', ['ocr', ['ocr']], 'SL-FACT-VALUE', [1], undefined],
    ['capability', 'orc', 'SL-FACT-VALUE', [], 'ocr'],
    ['capability', ['ocr', 'unknown'], 'SL-FACT-FORM', [], '{includes: [ocr], may_include: any}'],
    ['capability', ['unknown'], 'SL-FACT-FORM', [], 'unknown'],
    ['capability', { include: ['ocr'] }, 'SL-FACT-FORM', ['include'], 'includes'],
    ['capability', { includes: 'ocr' }, 'SL-FACT-FORM', ['includes'], '[ocr]'],
    ['capability', { includes: 'any' }, 'SL-FACT-FORM', ['includes'], undefined],
    ['capability', { may_include: ['orc'] }, 'SL-FACT-VALUE', ['may_include', 0], 'ocr'],
    ['capability', { may_include: 'any', at_least_one: 'yes' }, 'SL-FACT-FORM', ['at_least_one'], undefined],
    ['capability', { excludes: ['ocr'] }, 'SL-FACT-FORM', [], undefined],
    ['capability', {}, 'SL-FACT-FORM', [], undefined],
    ['capability', { includes: ['ocr'], excludes: ['ocr'] }, 'SL-FACT-CONTRADICTION', ['excludes'], undefined],
    ['capability', { may_include: [], at_least_one: true }, 'SL-FACT-CONTRADICTION', ['at_least_one'], undefined],
    ['capability', 7, 'SL-FACT-FORM', [], undefined],
    ['deployment_us_states', ['CA'], 'SL-FACT-VALUE', [0], 'US-CA'],
    ['capability', Array(1000).fill('orc'), 'SL-FACT-FORM', [], undefined],
    ['capability', { includes: Array(1000).fill('orc') }, 'SL-FACT-FORM', ['includes'], undefined],
    ['operator', Array(1000).fill('orc'), 'SL-FACT-FORM', [], undefined],
    ['deployment_countries', ['us'], 'SL-FACT-VALUE', [0], 'US'],
    ['eu_nexus', 'yes', 'SL-FACT-FORM', [], 'true'],
    ['eu_nexus', 'False', 'SL-FACT-FORM', [], 'false'],
    ['similarity_threshold', 99, 'SL-FACT-FORM', [], undefined],
    ['similarity_threshold', Number.NaN, 'SL-FACT-FORM', [], undefined],
    ['similarity_threshold', '0.9', 'SL-FACT-FORM', [], undefined],
  ])('%s: %j', (name, value, code, path, suggestion) => {
    const reading = readFact(name, value);
    const faults = reading.kind === 'wrong' ? reading.faults : [];
    expect(faults.map((fault) => [fault.code, fault.path, fault.suggestion])).toEqual([[code, path, suggestion]]);
  });

  it('suggests only what it takes itself', () => {
    const reading = readFact('capability', ['ocr', 'unknown']);
    expect(reading).toMatchObject({ kind: 'wrong' });
    expect(readFact('capability', { includes: ['ocr'], may_include: 'any' })).toMatchObject({ kind: 'known' });
  });
});
