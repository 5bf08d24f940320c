/** Something that delivers what waits in a queue. */
export interface Competitor {
  readonly name: string;
  /** Starts it, with an Identify of each of so many users waiting. No request goes before `begin`. */
  prepare(users: number, userLeap: string): Promise<Prepared>;
}

export interface Prepared {
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}
