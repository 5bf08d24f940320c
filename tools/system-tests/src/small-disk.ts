import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEGABYTES = 4;
const CHUNK = Buffer.alloc(64 * 1024);

/** A disk that can be filled: a file system in memory, which not every user may mount. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Why there can be none here; undefined where there can. */
  static whyNot(): string | undefined {
    try {
      SmallDisk.mount().unmount();
      return undefined;
    } catch {
      return 'this user may not mount a tmpfs';
    }
  }

  static mount(): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'contract-tests-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder], { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  /** Leaves not one byte. */
  fill(): void {
    try {
      for (;;) appendFileSync(this.ballast, CHUNK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  makeRoom(): void {
    rmSync(this.ballast);
  }

  unmount(): void {
    execFileSync('umount', [this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true });
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
