import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

type Callback = (...args: unknown[]) => unknown;

/**
 * Timers for the function's code. What a callback throws goes to `report`: uncaught, it would end the host process.
 * They do not keep the process alive, since a handler that timed out may leave some behind.
 */
export function guardedTimers(report: (thrown: unknown) => void) {
  const guard =
    (callback: Callback): Callback =>
    async (...args) => {
      try {
        await callback(...args);
      } catch (thrown) {
        report(thrown);
      }
    };

  return {
    setTimeout: (callback: Callback, delayMs?: number, ...args: unknown[]) =>
      setTimeout(guard(callback), delayMs, ...args).unref(),
    clearTimeout,
    setImmediate: (callback: Callback, ...args: unknown[]) => setImmediate(guard(callback), ...args).unref(),
    queueMicrotask: (callback: Callback) => queueMicrotask(guard(callback)),
  };
}
