/** Ends of life by major version: https://github.com/nodejs/Release/blob/main/schedule.json */
const END_OF_LIFE: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
};

/** A warning for a Node that gets no security fixes any more on `today`; undefined for the others. */
export function nodeVersionWarning(version: string, today: Date): string | undefined {
  const end = END_OF_LIFE[Number.parseInt(version.replace(/^v/, ''), 10)];
  if (end === undefined || today.toISOString().slice(0, 10) <= end) return undefined;
  return `Node ${version} has had no security fixes since ${end}: use Node 24 LTS`;
}
