import { isMisconfiguration } from '@segment-userleap/mapping';
import type { Outcome, ReasonedOutcome } from '@segment-userleap/mapping';
import { retryError } from './retry-error';

/** What Segment wants to hear of one item of a batch; `errormessage` is Segment's spelling. */
export interface BatchItemResult {
  readonly status: 200 | 400 | 500;
  readonly errormessage?: string;
}

// Segment shows the text to a person: there is nothing to do.
const AGAIN = '; Segment sends it again';

/** The error that says the outcome to Segment for a single event; undefined where all is well. */
export function toError(outcome: Outcome): Error | undefined {
  switch (outcome.outcome) {
    case 'delivered':
    case 'filtered':
      return undefined;
    case 'unsupported':
      return new EventNotSupported(describe(outcome));
    case 'rejected':
      return new InvalidEventPayload(describe(outcome));
    case 'retry':
      // Retrying for four hours does not mend a setting.
      if (isMisconfiguration(outcome.reason)) return new ValidationError(describe(outcome));
      return retryError(describe(outcome, AGAIN));
  }
}

/** The outcome as Segment reads it in the result of a batch: 400 is discarded, 500 comes again; no others are documented. */
export function toBatchItem(outcome: Outcome): BatchItemResult {
  switch (outcome.outcome) {
    case 'delivered':
    case 'filtered':
      return { status: 200 };
    case 'unsupported':
    case 'rejected':
      return { status: 400, errormessage: describe(outcome) };
    case 'retry':
      if (isMisconfiguration(outcome.reason)) return { status: 400, errormessage: describe(outcome) };
      return { status: 500, errormessage: describe(outcome, AGAIN) };
  }
}

function describe({ message, reason }: ReasonedOutcome, what = ''): string {
  return `${message}${what} (${reason})`;
}
