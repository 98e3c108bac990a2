/** How much happens in the simulated day. */
export interface Size {
  readonly repositories: number;
  readonly pullRequests: number;
  /** Webhook deliveries that have to come together at least. */
  readonly deliveries: number;
  /** Organisations beside the large one, of a few repositories each. */
  readonly small: number;
}

const DAY: Size = { repositories: 10_000, pullRequests: 5_000, deliveries: 50_000, small: 5 };

/** The day, or a part of it. */
export function sizeOf(share: number): Size {
  const of = (whole: number) => Math.max(1, Math.round(whole * share));
  return {
    repositories: of(DAY.repositories),
    pullRequests: of(DAY.pullRequests),
    deliveries: of(DAY.deliveries),
    small: DAY.small,
  };
}
