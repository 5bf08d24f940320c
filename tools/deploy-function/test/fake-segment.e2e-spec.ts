import { API_KEY } from './deployment-test';
import { startFakeSegment, TOKEN } from './fake-segment';
import type { FakeSegment } from './fake-segment';

const BODY = { code: 'a', displayName: 'A', resourceType: 'DESTINATION', settings: [API_KEY] };

describe('the Segment of these tests is as strict as the Public API’s types', () => {
  let segment: FakeSegment;

  beforeEach(async () => {
    segment = await startFakeSegment();
    expect((await call('POST', '/functions', BODY)).status).toBe(200);
  });

  afterEach(() => segment.close());

  it.each([
    ['POST', { ...BODY, code: '' }, '"code" must be a non-empty string'],
    ['POST', { ...BODY, code: undefined }, '"code" must be a non-empty string'],
    [
      'POST',
      { ...BODY, resourceType: 'FUNCTION' },
      '"resourceType" must be one of DESTINATION, INSERT_DESTINATION, SOURCE',
    ],
    ['POST', { ...BODY, id: 'sfnd_2' }, '"id" is not allowed'],
    ['PATCH', { code: '' }, '"code" must be a non-empty string'],
    ['PATCH', { resourceType: 'SOURCE' }, '"resourceType" is not allowed'],
    ['PATCH', { isLatestVersion: true }, '"isLatestVersion" is not allowed'],
    ['PATCH', { settings: {} }, '"settings" must be an array'],
    [
      'PATCH',
      { settings: [{ ...API_KEY, type: 'TEXT' }] },
      '"settings" "type" must be one of ARRAY, BOOLEAN, STRING, TEXT_MAP',
    ],
    ['PATCH', { settings: [{ ...API_KEY, required: undefined }] }, '"settings" "required" must be a boolean'],
    ['PATCH', { settings: [{ ...API_KEY, value: 'x' }] }, '"settings" "value" is not allowed'],
  ])('%s %j', async (method, body, message) => {
    const before = structuredClone(segment.functions);
    const path = method === 'POST' ? '/functions' : '/functions/sfnd_1';
    expect(await call(method, path, body)).toEqual({ status: 422, message });
    expect(segment.functions).toEqual(before);
  });

  it.each([
    ['DELETE', '/functions/sfnd_1'],
    ['POST', '/functions/sfnd_1/deploy'],
    ['GET', '/functions/sfnd_1/versions'],
    ['PUT', '/functions'],
  ])('knows no %s %s, which the command does not need', async (method, path) => {
    expect(await call(method, path)).toEqual({ status: 404, message: 'Not found' });
    expect(segment.functions).toHaveLength(1);
  });

  async function call(method: string, path: string, body?: object): Promise<{ status: number; message?: string }> {
    const response = await fetch(`${segment.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { errors?: readonly { message: string }[] };
    const [error] = answer.errors ?? [];
    return { status: response.status, ...(error && { message: error.message }) };
  }
});
