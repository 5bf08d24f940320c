import { readPixel } from './read-pixel';

describe(readPixel.name, () => {
  it.each(['eyJhIjoiw7/Dvj8+In0=', 'eyJhIjoiw7_Dvj8-In0', 'eyJhIjoiw7/Dvj8 In0='])(
    'reads base64 in every form that it has in an address: %s',
    (data) => {
      expect(readPixel({ data }).value).toEqual({ a: 'ÿþ?>' });
    },
  );

  it('reads dots in names as places, and the last that is said of one', () => {
    expect(readPixel({ 'a.b.c': '1', 'a.d': '2', e: '3', 'e.f': '4', g: ['5', '6'] }).value).toEqual({
      a: { b: { c: '1' }, d: '2' },
      e: { f: '4' },
      g: ['5', '6'],
    });
  });
});
