import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '@segment-userleap/relay-driver';

describe('a relay whose port somebody else has', () => {
  let folder: string;
  let other: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-start-'));
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => other.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it('says so and ends, so that it neither delivers nor keeps the store', async () => {
    const { port } = other.address() as AddressInfo;
    const { code, errors } = await runToEnd({
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
      USERLEAP_API_KEY: 'test-api-key',
      RELAY_WRITE_KEY: 'contract-tests-write-key',
    });
    expect([code, errors.trim()]).toEqual([
      1,
      `The relay cannot start: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    ]);
  });
});
