import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordFinder } from '../../src/integration/word-finder.ts';

const find = (words: string[], text: string) =>
  [...wordFinder(words, { short: 6, same: '-_.', passedOver: '' }).find(Buffer.from(text, 'latin1'))]
    .map((index) => words[index])
    .sort();

describe('the word finder', () => {
  it('finds words within words, without regard to case and to which of - _ . joins', () => {
    expect(
      find(['rekognition', 'client-rekognition', 'azure_ai_vision'], '@aws-sdk/Client-Rekognition azure.ai-vision'),
    ).toEqual(['azure_ai_vision', 'client-rekognition', 'rekognition']);
  });

  it('wants short words alone', () => {
    expect(find(['fer', 'dlib'], 'different dlib_x')).toEqual(['dlib']);
  });

  it('finds what a search for each word finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 7, maxLength: 9 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 200 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 8 }), text, (words, within) => {
        expect(find(words, within)).toEqual(words.filter((one) => within.includes(one)).sort());
      }),
    );
  });
});
