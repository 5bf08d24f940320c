import { SeededRandom } from '@segment-userleap/relay-driver';
import { zipfDraw } from './zipf-draw';

describe(zipfDraw.name, () => {
  it('draws the first twice as often as the second and ten times as often as the tenth', () => {
    const counts = Array<number>(100).fill(0);
    const random = new SeededRandom(1);
    const draw = zipfDraw(counts.length, 1, () => random.next());
    for (let times = 0; times < 200_000; times++) {
      const drawn = draw();
      counts[drawn] = (counts[drawn] ?? NaN) + 1;
    }
    const [first = NaN, second = NaN] = counts;
    expect(first / second).toBeCloseTo(2, 1);
    expect(first / (counts[9] ?? NaN)).toBeCloseTo(10, 0);
  });
});
