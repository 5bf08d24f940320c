import { Gate } from './gate';

describe(Gate.name, () => {
  let gate: Gate;
  let inside: string[];
  const ends = new Map<string, (error?: Error) => void>();
  const results = new Map<string, Promise<string>>();
  beforeEach(() => {
    gate = new Gate(10);
    inside = [];
  });

  function send(name: string, weight: number): void {
    const work = gate.through(weight, async () => {
      inside.push(name);
      await new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())));
      return name;
    });
    results.set(name, work);
  }
  async function end(name: string, error?: Error): Promise<void> {
    ends.get(name)?.(error);
    await results.get(name)?.catch(() => undefined);
    await Promise.resolve();
  }

  it('lets in what there is room for', async () => {
    send('a', 4);
    send('b', 6);
    send('c', 1);
    expect(inside).toEqual(['a', 'b']);
    await end('a');
    expect(inside).toEqual(['a', 'b', 'c']);
    await expect(results.get('a')).resolves.toBe('a');
  });

  it('lets in one that is larger than the room, alone', async () => {
    send('small', 1);
    send('large', 25);
    expect(inside).toEqual(['small']);
    await end('small');
    send('next', 1);
    expect(inside).toEqual(['small', 'large']);
    await end('large');
    expect(inside).toEqual(['small', 'large', 'next']);
  });

  it('lets nobody pass who came later', async () => {
    send('a', 6);
    send('b', 6);
    send('c', 1);
    expect(inside).toEqual(['a']);
    await end('a');
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('goes on after a failure, which is told', async () => {
    send('a', 10);
    send('b', 10);
    await end('a', new Error('disk full'));
    await expect(results.get('a')).rejects.toThrow('disk full');
    expect(inside).toEqual(['a', 'b']);
  });
});
