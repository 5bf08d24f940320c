import type { JSX } from 'preact';
import { attributeFates } from '../../format/attribute-fates';
import type { AttributeFate } from '../../format/attribute-fates';
import type { EventStory } from '../../api/admin-api';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';

const FATES = {
  told: 'UserLeap was told it',
  older: 'left out: UserLeap was told a newer value',
  same: 'not sent again: UserLeap was told the same, or something newer',
} as const satisfies Record<AttributeFate['fate'], string>;

const COLUMNS: readonly Column<AttributeFate>[] = [
  { header: 'Attribute', isPlain: true, cell: ({ name }) => <code class="long">{name}</code> },
  { header: 'What became of it', isPlain: true, cell: ({ fate }) => FATES[fate] },
];

/** Which attributes an event changed, and which it did not. */
export function AttributeList({ story }: { readonly story: EventStory }): JSX.Element | null {
  const fates = attributeFates(story);
  if (fates.length === 0) return null;
  return (
    <section aria-labelledby="attributes">
      <h2 id="attributes">Attributes</h2>
      <p class="hint">Names alone: of the values that UserLeap was told, the relay keeps a hash.</p>
      <DataTable
        caption="What became of the event's attributes"
        columns={COLUMNS}
        rows={fates}
        keyOf={({ name }) => name}
      />
    </section>
  );
}
