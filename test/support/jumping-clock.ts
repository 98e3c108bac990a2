/** The clock of this whole process, for tests in which hours pass in a second. */
export interface JumpingClock {
  jump(milliseconds: number): void;
  /** To be called at the end: other tests want the machine's time. */
  restore(): void;
}

/** `Date` goes on as it does, and forward when told to; timers keep the machine's time. */
export function jumpingClock(): JumpingClock {
  const RealDate = globalThis.Date;
  let ahead = 0;
  const now = () => RealDate.now() + ahead;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values: []) => (values.length === 0 ? new target(now()) : new target(...values)),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  return {
    jump(milliseconds) {
      ahead += milliseconds;
    },
    restore() {
      globalThis.Date = RealDate;
    },
  };
}
