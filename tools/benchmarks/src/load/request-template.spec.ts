import { RequestTemplate } from './request-template';

interface SentEvent {
  readonly messageId: string;
  readonly userId: string;
}

describe(RequestTemplate.name, () => {
  const countUsers = (): (() => number) => {
    let user = 0;
    return () => user++;
  };

  it('is a complete request with an event of realistic size', () => {
    const [head = '', body = ''] = split(new RequestTemplate({ path: '/v1/track', type: 'track' }).fill(countUsers()));
    expect(head).toContain('POST /v1/track HTTP/1.1');
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ type: 'track', userId: 'user-000000000' });
    expect(body.length).toBeGreaterThan(1_200);
    expect(body.length).toBeLessThan(1_500);
  });

  it('never sends a message id twice, and goes on from user to user', () => {
    const template = new RequestTemplate({ path: '/v1/batch', type: 'identify', batch: 3 });
    const nextUser = countUsers();
    const events = [1, 2].flatMap(() => eventsOf(template.fill(nextUser)));
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(6);
    expect(events.map(({ userId }) => Number(userId.slice(5)))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

function eventsOf(bytes: Buffer): readonly SentEvent[] {
  return (JSON.parse(split(bytes)[1] ?? '') as { batch: SentEvent[] }).batch;
}

function split(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\r\n\r\n');
}
