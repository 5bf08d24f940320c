/** What another process has done to the store that all share. */
export interface News {
  /** `ready`: more is ready there than it can take up. `steered`: the destination was paused or resumed. */
  readonly what: 'ready' | 'steered';
  readonly destination: string;
}

/** Brings news of the other processes that share the store, as a rule within a second; some may get lost. */
export interface StoreNews {
  /** How often to look what the others did, as news may get lost; undefined: there are no others. */
  readonly lookEveryMs: number | undefined;
  listen(hear: (news: News) => void): void;
  /** Lets the others know that more is ready at a destination than this process takes up. Returns at once. */
  nudge(destination: string): void;
  close(): Promise<void>;
}

export const STORE_NEWS = Symbol('StoreNews');

/** Where one process has the store for itself. */
export const NO_NEWS: StoreNews = {
  lookEveryMs: undefined,
  listen: () => undefined,
  nudge: () => undefined,
  close: async () => undefined,
};
