import { readSettings } from './function-setting';

const SETTING = { name: 'a', label: 'A', description: '', type: 'STRING', required: false, sensitive: false };

describe(readSettings.name, () => {
  it('keeps the six fields and no other', () => {
    expect(readSettings([{ ...SETTING, id: 'internal' }])).toEqual([SETTING]);
  });

  it.each([
    [undefined],
    [{}],
    [[null]],
    [[{ ...SETTING, label: undefined }]],
    [[SETTING, { ...SETTING, required: 'no' }]],
  ])('takes no part of %j', (value) => {
    expect(readSettings(value)).toBeUndefined();
  });
});
