import { leaseTurn, settle } from '../../../test/outbox-suite/attempt';
import { HERE, NOW, refused, THERE, trackOf } from '../../../test/outbox-suite/sample-events';
import { areWaiting } from '../../../test/postgres/are-waiting';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { useReplicas } from '../../../test/postgres/use-replicas';
import type { Turn } from '../port/turn';

describeOnPostgres('the users of a month of several replicas', (createSchema) => {
  const replicas = useReplicas(createSchema);

  it('give a place of a month back before another destination of the environment finds it taken', async () => {
    const shared = { environment: 'shared' };
    const inUse = [HERE, THERE].map((destination) => ({ destination, ...shared }));
    const { one, other } = replicas;
    for (const outbox of [one, other]) await outbox.useEnvironments(inUse);
    await one.accept([trackOf('anna', 'one'), trackOf('anna', 'two', { destination: THERE })]);
    const turn = await leaseTurn(one, shared);
    await one.trackUsers({ ...shared, users: ['anna'], at: NOW, limit: 1 });
    let settling: Promise<void> | undefined;
    let leasing: Promise<Turn> | undefined;
    await replicas.db.transaction().execute(async (tx) => {
      await tx.selectFrom('environment_users').selectAll().forUpdate().execute();
      settling = settle(one, turn, [refused('no')], { ...shared, givenBack: [{ userId: 'anna', at: NOW }] });
      await areWaiting(tx, 1);
      leasing = leaseTurn(other, { ...shared, destination: THERE });
      await Promise.race([leasing, areWaiting(tx, 2)]);
    });
    await settling;
    expect((await leasing)?.lanes).toMatchObject([{ lane: 'anna', tracked: null }]);
  });
});
