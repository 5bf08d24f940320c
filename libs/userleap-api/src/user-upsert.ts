/** A value that an attribute can have: nothing nested, no null. */
export type AttributeValue = string | number | boolean;

/** One occurrence of an event; `timestamp` in epoch milliseconds, an integer. */
export interface UserEvent {
  readonly event: string;
  readonly timestamp: number;
}

/** The body of `POST /v2/users`: creates the user or adds to it. */
export interface UserUpsert {
  readonly userId: string;
  readonly emailAddress?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly events?: readonly UserEvent[];
}
