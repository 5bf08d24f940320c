import { bodyOf } from './batch';

const EVENT = { position: { file: 0, place: 1 }, strand: 0 };

describe(bodyOf.name, () => {
  it('is a batch of the texts as they are', () => {
    expect(bodyOf([{ ...EVENT, text: '{"userId":12345678901234567890}', hasSentAt: false }])).toBe(
      '{"batch":[{"userId":12345678901234567890}]}',
    );
  });

  it('says that it was sent long ago where events say when they were: else the relay would move their times', () => {
    const body = JSON.parse(
      bodyOf([{ ...EVENT, text: '{"sentAt":"2026-11-30T00:00:00Z"}', hasSentAt: true }]),
    ) as object;
    expect(body).toMatchObject({ sentAt: '1970-01-01T00:00:00.000Z' });
  });
});
