/** What was not in sight yet comes first, in the order given; the rest stays where it was, so that nobody loses the place. */
export function inKnownOrder<Row extends { readonly name: string }>(
  rows: readonly Row[],
  known: readonly string[],
): readonly Row[] {
  const places = new Map(known.map((name, place) => [name, place]));
  const placeOf = ({ name }: Row): number => places.get(name) ?? -1;
  return [...rows].sort((one, other) => placeOf(one) - placeOf(other));
}
