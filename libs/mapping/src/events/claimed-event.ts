/**
 * What an anonymous visitor did, once it is known whose it is. A host that held the event hands it over so: the event itself
 * names no user.
 */
export class ClaimedEvent {
  constructor(
    /** As Segment sent it. */
    readonly event: unknown,
    readonly userId: string,
    /** When it became known whose it is, epoch milliseconds: grace for an unknown user counts from here. */
    readonly claimedAt: number,
  ) {}
}
