import { about, nullable, numberWithin, TEXT } from './schema';

export const PAGE_LIMIT = { minimum: 1, maximum: 1_000, default: 100 };

/** What asks for a page of a list. */
export const PAGE = {
  limit: numberWithin(PAGE_LIMIT),
  before: about('The `next` of the page before', TEXT),
};

/** What asks for the page after this one. */
export const NEXT = about('Asks for the next page as `before`; null: this is the last', nullable(TEXT));
