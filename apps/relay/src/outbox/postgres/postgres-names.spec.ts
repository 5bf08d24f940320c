import { leaseTurn, settle } from '../../../test/outbox-suite/attempt';
import { DELIVERED, HERE, NOW, trackOf } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { useReplicas } from '../../../test/postgres/use-replicas';
import type { PostgresOutbox } from './postgres-outbox';

const NAMES = ['Opened', 'Closed', 'Bought', 'Seen', 'Left', 'pageview'];
const TURNS = 40;

describeOnPostgres('names of events that several replicas send', (createSchema) => {
  const replicas = useReplicas(createSchema);
  let outboxes: readonly PostgresOutbox[];
  beforeEach(() => void (outboxes = [replicas.one, replicas.other]));

  /** Settles turns one after the other; each has all names, in an order of its own, as two destinations of one environment. */
  async function send(outbox: PostgresOutbox, destination: string): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const from = (turn * 7) % NAMES.length;
      const sent = [...NAMES.slice(from), ...NAMES.slice(0, from)].map((name) => {
        return { name, taken: 1, refused: 0, isToBlame: false };
      });
      const heldBack = [{ name: `Held ${turn % 3}`, reason: 'event_denied' as const }];
      await outbox.accept([trackOf(`user ${turn}`, `${destination} ${turn}`, { destination })]);
      const leased = await leaseTurn(outbox, { destination, environment: HERE });
      await settle(outbox, leased, [DELIVERED], { environment: HERE, eventNames: { sent, heldBack } });
    }
  }

  it('are counted together, and none is lost or waits for ever', async () => {
    await Promise.all(outboxes.map((outbox, index) => send(outbox, ['web', 'app'][index] ?? '')));
    const { names } = await replicas.one.listNames({ destination: 'web', environment: HERE, now: NOW, limit: 10 });
    const taken = new Map(names.map((one) => [one.name, one.taken]));
    expect(taken).toEqual(new Map(NAMES.map((name) => [name, 2 * TURNS])));
  });

  it('are told of as new by one of them', async () => {
    await send(replicas.one, 'web');
    const told = await Promise.all(outboxes.map((outbox) => outbox.takeNewNames(100)));
    expect(
      told
        .flat()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...NAMES].sort());
  });
});
