import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/document/nearest.ts';

describe('nearest', () => {
  const words = ['face_identification', 'face_verification', 'ocr', 'US', 'UM'];

  it.each([
    ['face_identifcation', 'face_identification'],
    ['Face-Verification', 'face_verification'],
    ['face verfication', 'face_verification'],
    ['orc', 'ocr'],
    ['us', 'US'],
    ['USA', 'US'],
    ['XX', undefined],
    ['completely different', undefined],
    ['', undefined],
    ['face_identification'.repeat(10), undefined],
  ])('of %j is %j', (word, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });
});
