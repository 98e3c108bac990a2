import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/integration/catalog.ts';
import { askedFor } from '../../src/integration/prompts.ts';

const { prompts } = loadCatalog();
const asked = (text: string) => askedFor(text, prompts).map((rule) => rule.id);

describe('what a prompt asks of people', () => {
  it.each([
    ['Who is the person in this photo?', ['who']],
    ['Please identify the man on the left.', ['who']],
    ['Tell me the name of the person shown', ['who']],
    ['Which celebrity is in this picture?', ['celebrity']],
    ['Are these two photos of the same person? Answer yes or no.', ['same-person']],
    ['Does the selfie match the photo on the card? Compare the two faces.', ['same-person']],
    ['Return JSON with age, gender and ethnicity', ['gender', 'race', 'age']],
    ['Estimate the age of the people in the queue', ['age']],
    ['What emotion is the customer showing?', ['emotion']],
    ['Describe the facial expression of the driver', ['emotion']],
    ["What is the person's mood?", ['emotion']],
    ['Extract the license plate number', ['plate']],
    ['{"gender": "male|female", "race": "..."}', ['gender']],
  ])('%s', (text, rules) => {
    expect(asked(text)).toEqual(expect.arrayContaining(rules));
  });

  it.each([
    'Describe the damage on this car',
    "What's in this image?",
    'Describe the image in detail, its mood and its colours',
    "Identify the person's clothing",
    'Do not identify the person in the image',
    'Never guess the gender, race or emotional state of anyone',
    'Extract name, date of birth and sex from this passport',
    'How old is this building?',
    'Identify all objects and count the people',
    'Who is the invoice addressed to? Identify who issued the invoice.',
    'Transcribe the text. Keep the page numbers.',
    'Estimate the age of this tree',
    'Is this a race car?',
  ])('nothing: %s', (text) => {
    expect(asked(text)).toEqual([]);
  });
});
