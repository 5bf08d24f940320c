import type { ExpectedOutcome } from './vector';

// Written out here a second time on purpose: the app's own table is what is tested.
const MISCONFIGURATIONS = ['unauthorized', 'purge_not_allowed', 'unexpected_redirect', 'wrong_endpoint'];

/** What Segment must come to for a single event with this outcome, besides the message. */
export function expectedSingleVerdict({ outcome, reason = '' }: ExpectedOutcome): Record<string, unknown> {
  switch (outcome) {
    case 'delivered':
    case 'filtered':
      return { verdict: 'delivered' };
    case 'unsupported':
      return { verdict: 'discarded', as: 'unsupported', errorName: 'EventNotSupported' };
    case 'rejected':
      return { verdict: 'discarded', as: 'rejected', errorName: 'InvalidEventPayload' };
    case 'retry':
      return MISCONFIGURATIONS.includes(reason)
        ? { verdict: 'discarded', as: 'rejected', errorName: 'ValidationError' }
        : { verdict: 'retried', errorName: 'RetryError' };
  }
}

/** The same for an item of a batch. */
export function expectedBatchVerdict({ outcome, reason = '' }: ExpectedOutcome): Record<string, unknown> {
  switch (outcome) {
    case 'delivered':
    case 'filtered':
      return { verdict: 'delivered', status: 200 };
    case 'unsupported':
    case 'rejected':
      return { verdict: 'discarded', as: 'bad_request', status: 400 };
    case 'retry':
      if (MISCONFIGURATIONS.includes(reason)) return { verdict: 'discarded', as: 'bad_request', status: 400 };
      return { verdict: 'retried', status: 500 };
  }
}

/** A pattern for the text that Segment shows. */
export function expectedText({ outcome, reason = '', message }: ExpectedOutcome): unknown {
  const isSentAgain = outcome === 'retry' && !MISCONFIGURATIONS.includes(reason);
  const end = `${isSentAgain ? '; Segment sends it again' : ''} (${reason})`;
  if (message !== undefined) return `${message}${end}`;
  return expect.stringMatching(new RegExp(`${end.replace(/[()]/g, '\\$&')}$`));
}
