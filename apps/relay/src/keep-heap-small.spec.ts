import { execFileSync } from 'node:child_process';
import { HEAP_GROWTH, keepHeapSmall } from './keep-heap-small';

describe(keepHeapSmall.name, () => {
  it('asks for what this Node knows', () => {
    // It refuses to start with an option that it does not know; asked later, it says nothing.
    expect(() => execFileSync(process.execPath, [HEAP_GROWTH, '--eval', ''], { stdio: 'pipe' })).not.toThrow();
  });
});
