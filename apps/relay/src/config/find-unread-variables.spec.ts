import { formatIssue } from '@segment-userleap/validation';
import { findUnreadVariables } from './find-unread-variables';

function linesOf(given: Readonly<Record<string, string>>): readonly string[] {
  const lines = findUnreadVariables(given).map(formatIssue);
  expect(lines.join()).not.toContain('hush');
  return lines;
}

describe(findUnreadVariables.name, () => {
  it('passes over what the relay reads, and what is not ours', () => {
    const read = {
      RELAY_WRITE_KEY: 'hush',
      USERLEAP_API_KEY: 'hush',
      USERLEAP_DENY_TRAITS: '["hush"]',
      LOG_LEVEL: 'info',
    };
    expect(linesOf({ ...read, PATH: '/bin', host: 'hush', MY_RELAY_KEY: 'hush', RELAYED: 'hush' })).toEqual([]);
  });

  it.each([
    ['USERLEAP_APIKEY', 'USERLEAP_API_KEY'],
    ['USERLEAP_DENYTRAITS', 'USERLEAP_DENY_TRAITS'],
    ['userleap_deny_traits', 'USERLEAP_DENY_TRAITS'],
    ['RELAY_WRITEKEY', 'RELAY_WRITE_KEY'],
  ])('gives %s its right name', (name, right) => {
    expect(linesOf({ [name]: 'hush' })).toEqual([`${name}: expected the name ${right}`]);
  });

  it.each(['USERLEAP_DENY_TRAIT', 'RELAY_WRITE_KEYS', 'RELAY_PORT', 'USERLEAP_KEY'])('refuses %s', (name) => {
    expect(linesOf({ [name]: 'hush' })).toEqual([
      `${name}: expected a variable that the relay knows: docs/settings.md lists them`,
    ]);
  });

  it('passes over what Kubernetes says of a Service named relay', () => {
    const service = {
      RELAY_SERVICE_HOST: '10.0.0.1',
      RELAY_SERVICE_PORT: '80',
      RELAY_SERVICE_PORT_HTTP: '80',
      RELAY_PORT: 'tcp://10.0.0.1:80',
      RELAY_PORT_80_TCP: 'tcp://10.0.0.1:80',
      RELAY_PORT_80_TCP_ADDR: '10.0.0.1',
      USERLEAP_RELAY_SERVICE_HOST: '10.0.0.1',
      USERLEAP_RELAY_PORT: 'tcp://10.0.0.1:80',
    };
    expect(linesOf(service)).toEqual([]);
  });

  it('refuses what has no effect beside a file of destinations', () => {
    const given = {
      RELAY_DESTINATIONS: 'd.json',
      USERLEAP_DENY_TRAITS: '["hush"]',
      RELAY_WRITE_KEY: 'hush',
      RELAY_RETENTION: '1d',
    };
    const message = 'expected in the file of RELAY_DESTINATIONS, which takes its place';
    expect(linesOf(given)).toEqual([`USERLEAP_DENY_TRAITS: ${message}`, `RELAY_WRITE_KEY: ${message}`]);
  });
});
