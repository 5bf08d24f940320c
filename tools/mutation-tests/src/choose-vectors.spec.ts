import { chooseVectors } from './choose-vectors';

const COVERAGE = { loading: { '7': 1 }, running: [{ '1': 3 }, {}, { '1': 400_000, '7': 1 }] };

describe(chooseVectors.name, () => {
  it('takes the vectors that pass the place of the mutant', () => {
    expect(chooseVectors(COVERAGE, '1').vectors).toEqual([0, 2]);
  });

  it('takes all for a mutant in what a module does when it is loaded', () => {
    expect(chooseVectors(COVERAGE, '7').vectors).toEqual([0, 1, 2]);
  });

  it('takes none where none comes', () => {
    expect(chooseVectors(COVERAGE, '2').vectors).toEqual([]);
  });

  it('lets a loop run on for longer than any does without the mutant', () => {
    expect(chooseVectors(COVERAGE, '1').hitLimit).toBe(2_200_000);
    expect(chooseVectors(COVERAGE, '7').hitLimit).toBe(10_000);
  });
});
