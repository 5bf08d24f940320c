import { type Context, runInContext } from 'node:vm';

// A proxy, not a subclass: `Date()` without `new`, its statics and `instanceof` stay as they are.
const INSTALL = `(now) => {
  const RealDate = Date;
  const clocked = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.now = () => now();
  RealDate.prototype.constructor = clocked;
  globalThis.Date = clocked;
}`;

/** Makes the realm's `Date` read `now` wherever it would read the clock. */
export function installClock(realm: Context, now: () => number): void {
  const install = runInContext(INSTALL, realm) as (now: () => number) => void;
  install(now);
}
