import type { HeldBack } from '@segment-userleap/mapping';

/** What a turn came to for events of one name. */
export interface NameNews {
  /** As UserLeap is sent it. */
  readonly name: string;
  /** How many UserLeap has taken. */
  readonly taken: number;
  /** How many it has refused. */
  readonly refused: number;
  /** UserLeap has refused a request that held nothing else. */
  readonly isToBlame: boolean;
}

/** Of a turn's names. */
export interface TurnNames {
  readonly sent: readonly NameNews[];
  /** Of events that the settings of now leave out. */
  readonly heldBack: readonly HeldBack[];
}

export const NO_NAMES: TurnNames = { sent: [], heldBack: [] };

/** A name that was sent to an environment. Times are ISO-8601. */
export interface EventNameRecord {
  readonly name: string;
  readonly firstAt: string;
  readonly lastAt: string;
  /** How many events of this name UserLeap has taken. */
  readonly taken: number;
  /** How many it has refused. */
  readonly refused: number;
  /** UserLeap refuses the name, as far as its last answers tell. */
  readonly isRefused: boolean;
  /** Sent for the first time within the last 7 days, and not marked as set up. */
  readonly isNew: boolean;
  /** When somebody has marked it as set up. */
  readonly setUpAt: string | null;
}

/** A name that Segment sends and a setting leaves out. Times are ISO-8601. */
export interface HeldBackRecord extends HeldBack {
  readonly firstAt: string;
  readonly lastAt: string;
  readonly events: number;
}

/** Events of all names beyond the most that are kept apart. */
export interface OtherNames {
  readonly taken: number;
  readonly refused: number;
  readonly heldBack: number;
}

/** The names of events of a destination, and how many there are in all. */
export interface EventNames {
  /** Those to be set up first, the newest first; then the others. */
  readonly names: readonly EventNameRecord[];
  readonly total: number;
  readonly new: number;
  readonly setUp: number;
  readonly refused: number;
  /** Most events first. */
  readonly heldBack: readonly HeldBackRecord[];
  readonly heldBackTotal: number;
  readonly others: OtherNames;
}

export interface NamesCall {
  readonly destination: string;
  /** Where it delivers to: all destinations that do share the names that were sent. */
  readonly environment: string;
  readonly now: number;
  /** How many of each list. */
  readonly limit: number;
}

export interface MarkCall {
  readonly environment: string;
  readonly names: readonly string[];
  /** Null takes the mark back. */
  readonly setUpAt: number | null;
}

/** A name that was sent to an environment for the first time. */
export interface NewName {
  readonly environment: string;
  readonly name: string;
}

/** Names of events: what was sent under each, and what settings leave out. */
export interface EventNamesPort {
  listNames(call: NamesCall): Promise<EventNames>;
  /** Marks names as set up at UserLeap. Returns how many of them are known. */
  markNames(call: MarkCall): Promise<number>;
  /** How many names are new, by environment, where any are. */
  countNewNames(now: number): Promise<ReadonlyMap<string, number>>;
  /** Names that nobody was told of yet: each is returned once, to one of the processes that share the store. */
  takeNewNames(limit: number): Promise<readonly NewName[]>;
}

/** For so long a name is new. */
export const NEW_FOR_MS = 7 * 86_400_000;
/** How many names are kept apart of an environment, and as many of what each list of a destination leaves out. */
export const MOST_NAMES = 10_000;
