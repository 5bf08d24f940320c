/** In everything that a hostile request says; must show up neither in what it is answered nor in the log. */
export const CANARY = 'tell-no-one';

/** What a hostile client sends over a connection. */
export interface HostileCase {
  readonly kind: string;
  /** The case can be had again by its seed and this. */
  readonly index: number;
  readonly bytes: Buffer;
  readonly ending: Ending;
  /** A HEAD: its answer announces a body that does not come. */
  readonly isHead: boolean;
}

/**
 * `whole`: one request, one answer, and the connection can be used again. `broken`: one answer at least; then the client
 * hangs up. `half-closed`: the client says that nothing more comes, and reads what does. `abandoned`: it is gone at once.
 */
export type Ending = 'whole' | 'broken' | 'half-closed' | 'abandoned';
