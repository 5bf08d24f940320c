import { UserSketch } from './user-sketch';

describe(UserSketch.name, () => {
  it.each([0, 1, 100, 50_000])('counts %d users, each once, within five per cent', (users) => {
    const sketch = new UserSketch();
    for (let again = 0; again < 2; again += 1) for (let user = 0; user < users; user += 1) sketch.add(`user-${user}`);
    expect(Math.abs(sketch.count - users)).toBeLessThanOrEqual(users * 0.05);
  });

  it('goes on with what another one noted', () => {
    const sketch = new UserSketch();
    const other = new UserSketch();
    for (let user = 0; user < 2_000; user += 1) {
      sketch.add(`user-${user}`);
      if (user % 100 === 0) other.merge(sketch.takeChanges());
    }
    other.merge(sketch.takeChanges());
    expect(other.count).toBe(sketch.count);
    expect(sketch.takeChanges()).toEqual([]);
  });
});
