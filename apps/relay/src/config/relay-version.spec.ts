import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELAY_VERSION } from './relay-version';

describe('RELAY_VERSION', () => {
  it.each(['../../package.json', '../../../../package.json'])('is that of %s', (path) => {
    const { version } = JSON.parse(readFileSync(join(__dirname, path), 'utf8')) as { version: string };
    expect(RELAY_VERSION).toBe(version);
  });
});
