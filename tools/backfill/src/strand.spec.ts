import { NO_MARK, Strand } from './strand';
import type { Mark } from './strand';
import { NOTHING } from './tally';

// As many as a call has.
const BATCH = 1_000;

describe(Strand.name, () => {
  /** What is under way, each with what answers it. */
  let calls: (() => void)[];
  let marks: Mark[];
  let read: number;

  function start(mark = NO_MARK): Strand {
    calls = [];
    marks = [];
    read = 0;
    const send = () => new Promise<number>((resolve) => calls.push(() => resolve(0)));
    const strand: Strand = new Strand(mark, send, () => marks.push(strand.markAt({ file: 0, place: read })));
    return strand;
  }

  function add(strand: Strand, events: number): void {
    for (let count = 0; count < events; count += 1) {
      read += 1;
      void strand.add({ position: { file: 0, place: read }, strand: 0, text: '{}', hasSentAt: false });
    }
  }

  async function answer(): Promise<void> {
    calls.shift()?.();
    await new Promise(setImmediate);
  }

  it('says of nothing that it is done while it waits behind what is under way', async () => {
    const strand = start();
    add(strand, 2 * BATCH);
    expect(calls).toHaveLength(1);
    await answer();
    expect(marks).toEqual([{ position: { file: 0, place: BATCH }, tally: { ...NOTHING, handedOver: BATCH } }]);
    await answer();
    expect(marks.at(-1)).toEqual({
      position: { file: 0, place: 2 * BATCH },
      tally: { ...NOTHING, handedOver: 2 * BATCH },
    });
  });

  it('says of nothing that it is done while it is gathered', async () => {
    const strand = start();
    add(strand, BATCH + 1);
    await answer();
    expect(marks.at(-1)?.position).toEqual({ file: 0, place: BATCH });
    const flushed = strand.flush({ file: 0, place: read });
    await answer();
    await flushed;
    expect(strand.position).toEqual({ file: 0, place: BATCH + 1 });
  });

  it('is as far as what was read while it has nothing to send, and never further back than it was', () => {
    const strand = start();
    strand.count({ broken: 1 });
    expect(strand.markAt({ file: 3, place: 7 })).toEqual({
      position: { file: 3, place: 7 },
      tally: { ...NOTHING, broken: 1 },
    });
    expect(strand.markAt({ file: 2, place: 9 }).position).toEqual({ file: 3, place: 7 });
  });
});
