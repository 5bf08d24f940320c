import { setTimeout as takeTime } from 'node:timers/promises';
import { RealWork } from './real-work';

describe(RealWork.name, () => {
  it('ends when the last piece has ended, also one that an earlier one began, and failed ones', async () => {
    const work = new RealWork();
    const log: string[] = [];
    const step = async (name: string): Promise<void> => {
      await takeTime(5);
      log.push(name);
    };
    const store = work.counting({ save: () => step('saved'), fail: () => Promise.reject(new Error('disk full')) });
    void store.save().then(() => store.save());
    store.fail().catch(() => log.push('failed'));
    await work.end();
    expect(log).toEqual(['failed', 'saved', 'saved']);
  });

  it('leaves what an object returns at once as it is', () => {
    const store = new RealWork().counting({ name: 'outbox', size: () => 3 });
    expect([store.name, store.size()]).toEqual(['outbox', 3]);
  });
});
