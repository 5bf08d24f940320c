/** How far a history is done: this record, and all before it. */
export interface Position {
  /** The place of its file in the list. */
  readonly file: number;
  /** The record's place in the file; 0: before the first one. */
  readonly place: number;
}

export const START: Position = { file: 0, place: 0 };

/** Whether the record is among what is done. */
export function isDone(record: Position, done: Position): boolean {
  return record.file < done.file || (record.file === done.file && record.place <= done.place);
}

/** The one that comes first. */
export function firstOf(positions: readonly Position[]): Position {
  return positions.reduce((first, one) => (isDone(one, first) ? one : first));
}
