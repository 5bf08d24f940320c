import type { News } from '../port/store-news';

/** What news are told on. Others may use it, too. */
export const CHANNEL = 'segment_userleap';

/** Who tells, and whom: processes whose stores are in one schema. */
export interface Circle {
  readonly schema: string;
  /** This process among them. */
  readonly sender: string;
}

export function textOf(circle: Circle, news: News): string {
  return JSON.stringify({ ...circle, ...news });
}
