import { chooseFunction } from './choose-function';

const WORKSPACES = ['Acme (EU)', 'acme-eu'];

describe(chooseFunction.name, () => {
  it.each(['UserLeap', 'UserLeap (Acme (EU))', 'UserLeap (acme-eu)'])(
    'finds a function that Segment shows as %s',
    (shown) => {
      expect(choose('UserLeap', [shown, 'Other (Acme (EU))'])).toMatchObject({ found: 'one', listed: { id: '0' } });
    },
  );

  it('takes the name as Segment shows it, too', () => {
    expect(choose('UserLeap (Acme (EU))', ['UserLeap (Acme (EU))'])).toMatchObject({ found: 'one' });
  });

  it.each([
    ['of another case', 'userleap (Acme (EU))'],
    ['that goes on', 'UserLeap 2 (Acme (EU))'],
    ['that goes on in brackets', 'UserLeap (staging) (Acme (EU))'],
  ])('does not find a name %s', (_, shown) => {
    expect(choose('UserLeap', [shown])).toEqual({ found: 'none' });
  });

  it('names all of several', () => {
    expect(choose('UserLeap', ['UserLeap', 'Other', 'UserLeap (acme-eu)'])).toMatchObject({
      found: 'several',
      candidates: [{ id: '0' }, { id: '2' }],
    });
  });

  it('names what may be meant where brackets are not the workspace', () => {
    expect(choose('UserLeap', ['UserLeap (Former name)'])).toMatchObject({
      found: 'similar',
      candidates: [{ id: '0' }],
    });
  });

  it('passes over what may be meant where the name itself is there', () => {
    expect(choose('UserLeap', ['UserLeap (staging)', 'UserLeap'])).toMatchObject({ found: 'one', listed: { id: '1' } });
  });
});

function choose(name: string, shown: readonly string[]): unknown {
  return chooseFunction(
    shown.map((displayName, index) => ({ id: String(index), displayName })),
    name,
    WORKSPACES,
  );
}
