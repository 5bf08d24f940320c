import { formatReport } from '../src/fuzz/fuzz-report';
import { runFuzz } from '../src/fuzz/fuzz-test';

describe('the relay, under requests that are made to harm it', () => {
  it('answers each of them in order, keeps its secrets, and takes in every valid event meanwhile', async () => {
    const report = await runFuzz({ seed: 1, from: 0, requests: 1_500 });
    console.log(formatReport(report));
    expect(report.violations).toEqual([]);
  }, 180_000);
});
