import { upgradeNotes } from './upgrade-notes';

describe(upgradeNotes.name, () => {
  it('names the rules in whose pages case counted', () => {
    const pageUrlEvents = { Priced: '/Pricing', Cart: '/cart\\?ID=\\d', Annoyed: '/Ärger' };
    expect(upgradeNotes({ pageUrlEvents })).toEqual([
      'pageUrlEvents: capital and small letters are the same in the rules of "Priced", "Cart", "Annoyed"; where case counts, begin with regex:',
    ]);
  });

  it.each([
    [undefined],
    [{}],
    [{ pageUrlEvents: { A: '/pricing', B: '\\D\\W', C: 'regex:/Pricing', D: ' exactly:https://Shop.example', E: 5 } }],
  ])('says nothing of %j', (settings) => {
    expect(upgradeNotes(settings)).toEqual([]);
  });
});
