import { about, listOf, named, nullable, NUMBER, object, oneOf, TEXT } from './schema';

const MONTH = about('YYYY-MM, UTC', TEXT);

export const USAGE_QUERY = {
  destination: about('May be left out where there is only one', TEXT),
  month: about('YYYY-MM, UTC; the one that goes on, unless given', TEXT),
};

const TOTALS = {
  trackedUsers: about('Users something was sent for, each once in a month', NUMBER),
  events: NUMBER,
  attributes: about('The e-mail address is one', NUMBER),
};

const BILLED = {
  ...TOTALS,
  billedUsers: about('A hundredth of events and attributes, where that is more than the users', NUMBER),
};

export const USAGE = named(
  'Usage',
  object({
    destination: TEXT,
    month: MONTH,
    ...BILLED,
    limit: about('monthlyUsers; null: none', nullable(NUMBER)),
    overLimit: about('Dead letters of the destination with the reason monthly_limit', NUMBER),
    forecast: object({
      trackedUsers: NUMBER,
      billedUsers: NUMBER,
      method: about('How it was found, in a sentence', TEXT),
      limitedBy: about('requests: the rate limit keeps it from being more', nullable(oneOf('requests'))),
    }),
    days: about(
      'Oldest first; users are those for whom it was the first day of the month',
      listOf(object({ day: about('YYYY-MM-DD, UTC', TEXT), ...TOTALS })),
    ),
    months: about('Oldest first, up to 13', listOf(object({ month: MONTH, ...BILLED }))),
    topEvents: about('About', listOf(object({ event: TEXT, events: NUMBER }))),
    topUsers: about('About', listOf(object({ userId: TEXT, events: NUMBER }))),
    sampleUsers: about('The setting: per cent of all users', NUMBER),
    sampled: about(
      'How many of the month’s users a smaller sampleUsers would have',
      listOf(object({ percent: NUMBER, trackedUsers: NUMBER })),
    ),
    saved: about(
      'Events of the month that were not sent, because UserLeap was told before, of users outside of the sample, by filters',
      object({ unchanged: NUMBER, notSampled: NUMBER, filtered: NUMBER }),
    ),
  }),
);
