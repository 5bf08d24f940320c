/** The filter with one field set; nothing or blank text takes the field away. */
export function withField<Filter extends Readonly<Record<string, string | undefined>>>(
  filter: Filter,
  name: keyof Filter & string,
  value: string | undefined,
): Filter {
  const { [name]: _, ...others } = filter;
  const isBlank = value === undefined || value === '';
  return (isBlank ? others : { ...others, [name]: value }) as Filter;
}
