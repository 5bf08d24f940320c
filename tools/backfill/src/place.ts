/** Where in an event the value of a column goes. */
export interface Place {
  /** `traits.plan` and the like. */
  readonly name: string;
  readonly kind: ValueKind;
}

/** What the text of a cell becomes. */
export type ValueKind = (typeof VALUE_KINDS)[number];

export const VALUE_KINDS = ['text', 'number', 'boolean'] as const;

/** Of these a row has one each; and as many `traits.…` and `properties.…` as it likes. */
const FIELDS = ['userId', 'anonymousId', 'previousId', 'type', 'event', 'name', 'timestamp', 'messageId'] as const;
const OTHER_NAMES: Readonly<Record<string, string>> = { time: 'timestamp', email: 'traits.email' };
const BY_FOLDED_NAME = new Map([
  ...FIELDS.map((name) => [fold(name), name] as const),
  ...Object.entries(OTHER_NAMES).map(([name, place]) => [fold(name), place] as const),
]);

export const PLACES = `${FIELDS.join(', ')}, email, traits.NAME or properties.NAME`;

/** The place that a name stands for by itself: `user_id` and `User ID` are `userId`. Undefined: none. */
export function findPlace(name: string): string | undefined {
  const text = name.trim();
  if (/^(traits|properties)\../.test(text)) return text;
  return BY_FOLDED_NAME.get(fold(text));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
