/** From when to when a policy is in force (days, ISO), in words. */
export function datesText({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): string {
  if (from !== undefined && until !== undefined) return `${from} to ${until}`;
  if (from !== undefined) return `since ${from}`;
  return until === undefined ? 'no dates known' : `until ${until}`;
}
