const MS_A_DAY = 86_400_000;

/** The ISO day some days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_A_DAY).toISOString().slice(0, 10);
}

/** Whether an ISO day lies in a period, both ends included; an end that is absent is open. */
export function isWithin(day: string, { from, until }: { readonly from?: string; readonly until?: string }): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** Whether a period begins after a day, and not more than so many days after it. */
export function isAhead({ from }: { readonly from?: string }, day: string, days: number): boolean {
  return from !== undefined && from > day && (Date.parse(from) - Date.parse(day)) / MS_A_DAY <= days;
}

/** Whether a text is an ISO day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
