import { call } from '../src/doors/call';
import { basic } from '../src/doors/credentials';
import { checkQuery } from '../src/metrics/check-query';
import { readAlertQueries, readDashboardQueries, readDocumentedMetrics } from '../src/metrics/read-queries';
import { scrape } from '../src/metrics/scrape';
import type { Scrape } from '../src/metrics/scrape';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { API_KEYS } from '../src/tested-destination';
import { until } from '@segment-userleap/relay-driver';

const ALWAYS = 1_000_000;
const TRAITS = { traits: { email: 'someone@example.com', plan: 'secret-plan' } };
const EVENTS = [
  { type: 'identify', userId: 'user-one', ...TRAITS },
  { type: 'track', userId: 'user-one', event: 'Clicked' },
  { type: 'track', userId: 'user-one', event: 'Bad' },
  { type: 'track', userId: 'user-one' },
  { type: 'group', userId: 'user-one', groupId: 'some-group' },
  { type: 'identify', userId: 'user-two', ...TRAITS },
  { type: 'delete', userId: 'user-two' },
];

// Each test goes on from where the one before it ended.
describe('GET /metrics', () => {
  let group: RelayOnSandboxes;
  let metrics: Scrape;

  const of = (destination: string, labels: Readonly<Record<string, string>> = {}) => ({ destination, ...labels });
  const look = async () => (metrics = await scrape(group.relay));

  beforeAll(async () => {
    const plans = [{ name: 'good', monthlyUsers: 1_000 }, { name: 'locked' }, { name: 'broken' }];
    group = await RelayOnSandboxes.start(plans, { RELAY_RETRY_HORIZON: '1s' });
    group.of('good').sandbox.addFault({ match: { event: 'Bad' }, status: 400, times: ALWAYS });
    group.of('locked').sandbox.addFault({ status: 401, times: ALWAYS });
    group.of('broken').sandbox.addFault({ status: 503, times: ALWAYS });
    await Promise.all([
      group.of('good').accept(EVENTS),
      group.of('locked').accept(EVENTS.slice(0, 1)),
      group.of('broken').accept(EVENTS.slice(0, 1)),
    ]);
    await Promise.all([group.of('good').settled(EVENTS.length), group.of('locked').paused()]);
    await look();
  });

  afterAll(async () => {
    await group.stop();
  });

  it('counts what was accepted, by destination and type', () => {
    const accepted = (type: string) => metrics.value('relay_events_accepted_total', of('good', { type }));
    expect(['identify', 'track', 'group', 'delete', 'alias'].map(accepted)).toEqual([2, 3, 1, 1, undefined]);
    expect(metrics.value('relay_events_accepted_total', of('locked'))).toBe(1);
    expect(metrics.value('relay_commit_duration_seconds_count')).toBe(3);
  });

  it('counts what became of events: at intake, at UserLeap, and overtaken by a delete', () => {
    const ended = metrics.samples.filter(
      ({ name, labels }) => name === 'relay_events_settled_total' && labels.destination === 'good',
    );
    expect(
      ended.map(({ labels: { type, outcome, reason }, value }) => `${value} ${type} ${outcome} ${reason}`).sort(),
    ).toEqual([
      '1 delete delivered none',
      '1 group unsupported unsupported_type',
      '1 identify delivered none',
      '1 identify filtered user_deleted',
      '1 track delivered none',
      '1 track rejected blank_event_name',
      '1 track rejected refused',
    ]);
    expect(metrics.value('relay_dead_letters_total', of('good'))).toBe(2);
    expect(metrics.value('relay_delivery_latency_seconds_count', of('good'))).toBe(3);
  });

  it('counts requests as UserLeap does, by status', () => {
    const requests = group.of('good').requests();
    for (const status of ['202', '400']) {
      const received = requests.filter((request) => String(request.status) === status).length;
      expect([status, metrics.value('relay_requests_total', of('good', { status }))]).toEqual([status, received]);
    }
    expect(metrics.value('relay_request_duration_seconds_count', of('good'))).toBe(requests.length);
  });

  it('counts what was given up, with what kept it waiting', async () => {
    await group.of('broken').settled(1);
    await look();
    const labels = of('broken', { type: 'identify', reason: 'server_error' });
    expect(metrics.value('relay_events_settled_total', { ...labels, outcome: 'rejected' })).toBe(1);
    expect(metrics.value('relay_dead_letters_total', of('broken'))).toBe(1);
    expect(metrics.value('relay_events_put_off_total', labels)).toBe(group.of('broken').requests().length);
    expect(metrics.value('relay_delivery_latency_seconds_count', of('broken'))).toBe(0);
  });

  it('tells how many events share a request', async () => {
    const before = { sum: upserts('sum') ?? 0, count: upserts('count') ?? 0 };
    const events = Array.from({ length: 20 }, (_, at) => ({ type: 'track', userId: 'user-one', event: `Event ${at}` }));
    await group.of('good').accept(events);
    await group.of('good').settled(EVENTS.length + events.length);
    await look();
    expect([(upserts('sum') ?? 0) - before.sum, (upserts('count') ?? 0) - before.count]).toEqual([20, 1]);

    function upserts(part: 'sum' | 'count'): number | undefined {
      return metrics.value(`relay_request_events_${part}`, of('good', { kind: 'upsert' }));
    }
  });

  it('tells how things stand: pauses, backlog, budget and the wait of the next event', async () => {
    await group.of('locked').accept([{ type: 'identify', userId: 'user-three', ...TRAITS }]);
    await until('an event to wait for the pause to end', async () => {
      await look();
      const waited = metrics.value('relay_oldest_ready_event_age_seconds', of('locked')) ?? 0;
      return waited > 0 && metrics.value('relay_backlog_events') === 2 ? true : undefined;
    });
    expect(metrics.value('relay_oldest_ready_event_age_seconds', of('good'))).toBe(0);
    expect(metrics.value('relay_destination_paused', of('locked'))).toBe(1);
    expect(metrics.value('relay_destination_paused', of('good'))).toBe(0);
    expect(metrics.value('relay_pauses_total', of('locked', { reason: 'unauthorized' }))).toBe(1);
    expect(metrics.value('relay_backlog_limit_events')).toBe(2_000_000);
    expect(metrics.value('relay_accepting')).toBe(1);
    const { requests, used } = (await group.of('good').record()).budget;
    expect(metrics.value('relay_budget_limit_requests', of('good'))).toBe(requests);
    expect(metrics.value('relay_budget_left_requests', of('good'))).toBe(requests - used);
  });

  it('tells how many users count in the month, how many may, and how many will', () => {
    expect(metrics.value('relay_tracked_users', of('good'))).toBe(1);
    expect(metrics.value('relay_tracked_users_limit', of('good'))).toBe(1_000);
    expect(metrics.value('relay_tracked_users_forecast', of('good'))).toBeGreaterThanOrEqual(1);
    expect(metrics.value('relay_tracked_users_limit', of('locked'))).toBeUndefined();
  });

  it('counts calls with wrong credentials', async () => {
    for (const path of ['/v1/track', '/webhooks/segment']) {
      await call(group.relay, path, { headers: basic('wrong'), body: '{"type":"track"}' });
    }
    expect((await look()).value('relay_calls_refused_total')).toBe(2);
  });

  it('holds nothing of an event, and no key', () => {
    for (const text of ['user-', 'someone', 'secret-plan', 'Clicked', 'some-group', API_KEYS, 'write-key']) {
      expect(metrics.text).not.toContain(text);
    }
  });

  it('are all documented, and no others', () => {
    const names = [...metrics.text.matchAll(/^# TYPE (relay_\w+)/gm)].map(([, name]) => name);
    expect([...readDocumentedMetrics()].sort()).toEqual(names.sort());
  });

  it.each([...readDashboardQueries(), ...readAlertQueries()])('has what is asked for: $title, $query', (query) => {
    expect(checkQuery(query, metrics.samples)).toEqual([]);
  });
});
