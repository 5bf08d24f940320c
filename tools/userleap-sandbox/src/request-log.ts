import type { RecordedRequest } from './recorded-request';

/** The last requests, the oldest first. */
export class RequestLog {
  // A map forgets its oldest entry in constant time.
  private readonly records = new Map<number, RecordedRequest>();
  private next = 0;

  constructor(private readonly max: number) {}

  /** Hands out the record itself: its status is filled in once there is an answer. */
  add(request: Omit<RecordedRequest, 'index'>): RecordedRequest {
    const record = { index: this.next++, ...request };
    this.records.set(record.index, record);
    this.records.delete(record.index - this.max);
    return record;
  }

  list(): RecordedRequest[] {
    return [...this.records.values()].map((record) => ({ ...record }));
  }

  clear(): void {
    this.records.clear();
    this.next = 0;
  }
}
