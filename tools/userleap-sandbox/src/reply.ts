import type { Answer } from './answer';

/** What a request has earned: its answer, and what it does to the users once it is applied. */
export interface Reply {
  answer: Answer;
  apply?: () => void;
}
