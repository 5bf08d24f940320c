/**
 * What Segment does with an event after the function ran.
 *
 * `status` is there only when an item of a batch result carried it; `errorName` only when something was thrown.
 * Source: Segment documentation, "Destination Functions", sections on errors and batches, read late 2026.
 */
export type Verdict =
  | { verdict: 'delivered'; status?: number }
  | { verdict: 'retried'; errorName?: string; message?: string; status?: number }
  | {
      verdict: 'discarded';
      as: 'unsupported' | 'rejected' | 'bad_request';
      errorName?: string;
      message?: string;
      status?: number;
    };
