import { ERROR_CLASS_NAMES, type ErrorClasses, type ErrorClassName } from './error-classes';
import type { Verdict } from './verdict';

/** What Segment does with the event (or the whole batch) when its handler throws this. */
export function classifyThrown(thrown: unknown, classes: ErrorClasses): Verdict {
  const details = describeThrown(thrown);
  switch (errorClassOf(thrown, details.errorName, classes)) {
    case 'RetryError':
      return { verdict: 'retried', ...details };
    case 'EventNotSupported':
      return { verdict: 'discarded', as: 'unsupported', ...details };
    case 'InvalidEventPayload':
    case 'ValidationError':
      return { verdict: 'discarded', as: 'rejected', ...details };
    case undefined:
      return { verdict: 'discarded', as: 'bad_request', ...details };
  }
}

// The name is the fallback for an error of another realm, or of a class that the code declared itself.
function errorClassOf(thrown: unknown, name: string | undefined, classes: ErrorClasses): ErrorClassName | undefined {
  return (
    ERROR_CLASS_NAMES.find((className) => thrown instanceof classes[className]) ??
    ERROR_CLASS_NAMES.find((className) => className === name)
  );
}

function describeThrown(thrown: unknown): { errorName?: string; message?: string } {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) };
  const { name, message } = thrown as { name?: unknown; message?: unknown };
  return {
    ...(typeof name === 'string' && { errorName: name }),
    ...(typeof message === 'string' && { message }),
  };
}
