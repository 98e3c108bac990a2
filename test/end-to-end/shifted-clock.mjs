// Loaded before a process (`node --import`): its clock runs `CLOCK_SHIFT_MS` beside the machine's, so that what a day decides
// (policies in force, ends of overrides) is the same in every run.
const shift = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;
const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values) => (values.length === 0 ? new target(now()) : new target(...values)),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
