import type { JSX } from 'preact';
import { pathTo } from '../../api/path-to';
import type { EventFilter } from '../../route/event-filter';

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'jsonl', label: 'JSON lines' },
] as const;

/** The list as a file: at most 10,000 events of it. */
export function ExportMenu({ filter: { before: _, ...filter } }: { readonly filter: EventFilter }): JSX.Element {
  return (
    <span class="export">
      <span class="quiet">Export:</span>
      {FORMATS.map(({ format, label }) => (
        <a
          key={format}
          href={pathTo(`api/events/export?${new URLSearchParams({ ...filter, format }).toString()}`)}
          download={`events.${format}`}
        >
          {label}
        </a>
      ))}
    </span>
  );
}
