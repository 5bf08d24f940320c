/** The body of every error that the relay answers: the form that Segment shows its users. */
export interface ErrorBody {
  readonly message: string;
}

export function errorBody(message: string): ErrorBody {
  return { message };
}
