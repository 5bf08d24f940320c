import { isAddressRange } from './is-address-range';

describe(isAddressRange.name, () => {
  it.each(['127.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', 'fd00::/8', '::/128'])('takes %s', (text) => {
    expect(isAddressRange(text)).toBe(true);
  });

  it.each(['', 'localhost', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', '10.0.0.0/a'])(
    'refuses %j',
    (text) => {
      expect(isAddressRange(text)).toBe(false);
    },
  );
});
