import { quote } from '../document/problem.ts';

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ocr: 'OCR',
    unspecified: 'an operation that does not show here',
  }),
);

/** A capability for people: `face_identification` becomes `face identification`. */
export function capabilityName(capability: string): string {
  return ABBREVIATIONS.get(capability) ?? capability.replaceAll('_', ' ');
}

/** A use case in a sentence: its title, or its id where it has none, as a quotation. */
export function quoteTitle({ id, title }: { readonly id: string; readonly title: string }): string {
  return `the use case ${quote(title === '' ? id : title)}`;
}
