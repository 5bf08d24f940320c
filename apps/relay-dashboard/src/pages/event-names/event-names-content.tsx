import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { EventNames, HeldBackName } from '../../api/admin-api';
import { formatCount, formatNumber } from '../../format/format-number';
import { HeldBackList } from './held-back-list';
import { inKnownOrder } from './in-known-order';
import { MarkAllDialog } from './mark-all-dialog';
import { NameFigures } from './name-figures';
import { NameList } from './name-list';
import { OtherNames } from './other-names';
import { SettingDialog } from '../../parts/setting-dialog';
import { denyLines, letThroughLines } from '../../format/setting-lines';
import type { SettingLines } from '../../format/setting-lines';

interface Props {
  readonly names: EventNames;
  mark(name: string, setUp: boolean): Promise<void>;
  reload(): void;
  onShowAll(): void;
}

interface Asked {
  readonly title: string;
  readonly name: string;
  readonly becomes: string;
  readonly lines: SettingLines;
}

/** The names of one destination. */
export function EventNamesContent({ names, mark, reload, onShowAll }: Props): JSX.Element {
  const { settings, heldBack, heldBackTotal, total, others, destination } = names;
  const order = useRef<readonly string[]>([]);
  const rows = inKnownOrder(names.names, order.current);
  order.current = rows.map(({ name }) => name);
  const [asked, setAsked] = useState<Asked>();
  const [marksAll, setMarksAll] = useState(false);
  const unmarked = rows.filter(({ setUpAt, isRefused }) => setUpAt === null && !isRefused).map(({ name }) => name);
  const askDeny = (name: string): void => {
    const lines = denyLines(name, settings);
    if (lines) setAsked({ title: 'Leave a name out', name, becomes: 'is not sent any more', lines });
  };
  const askLetThrough = (held: HeldBackName): void => {
    const lines = letThroughLines(held, settings);
    if (lines) setAsked({ title: 'Send a name', name: held.name, becomes: 'is sent', lines });
  };
  return (
    <>
      {asked && (
        <SettingDialog title={asked.title} lines={asked.lines} onClose={() => setAsked(undefined)}>
          With this, <strong class="long">{asked.name}</strong> {asked.becomes}.
        </SettingDialog>
      )}
      {marksAll && (
        <MarkAllDialog
          destination={destination}
          names={unmarked}
          onMarked={reload}
          onClose={() => setMarksAll(false)}
        />
      )}
      {total > 0 && <NameFigures names={names} />}
      <section aria-labelledby="sent">
        <div class="card-head">
          <h2 id="sent">Sent to UserLeap</h2>
          {unmarked.length > 1 && (
            <button type="button" onClick={() => setMarksAll(true)}>
              Mark all as set up…
            </button>
          )}
        </div>
        {total === 0 ? (
          <p class="notice">No event was sent yet. Names appear here as soon as UserLeap has answered.</p>
        ) : (
          <NameList names={rows} settings={settings} mark={mark} onDeny={askDeny} />
        )}
        {rows.length < total && (
          <p class="quiet">
            {formatNumber(rows.length)} of {formatCount(total, 'name')}.{' '}
            <button type="button" onClick={onShowAll}>
              Show all
            </button>
          </p>
        )}
        <OtherNames counts={others} />
      </section>
      <section aria-labelledby="held-back">
        <h2 id="held-back">Held back by settings</h2>
        <p class="hint">
          Segment sends these, and <code>denyEvents</code> or <code>allowEvents</code> leaves them out. The names are
          those that Segment uses.
        </p>
        {heldBack.length === 0 ? (
          <p class="quiet">Nothing is held back.</p>
        ) : (
          <HeldBackList names={heldBack} settings={settings} onLetThrough={askLetThrough} />
        )}
        {heldBack.length < heldBackTotal && (
          <p class="quiet">
            {formatNumber(heldBack.length)} of {formatCount(heldBackTotal, 'name')}, those with the most events.
          </p>
        )}
      </section>
    </>
  );
}
