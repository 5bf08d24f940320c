import { addDigestLine } from '@segment-userleap/bundle-function/digest-line';
import { planUpdate } from './plan-update';

const SETTING = { name: 'a', label: 'A', description: 'A.', type: 'STRING', required: false, sensitive: false };
const OLDER = { code: addDigestLine('let version = 1;\n'), settings: [SETTING] };
const BUILT = { code: `// banner\n${addDigestLine('let version = 2;\n')}`, settings: [SETTING] };

describe(planUpdate.name, () => {
  it('plans nothing where nothing differs but the banner', () => {
    const deployed = { ...BUILT, code: BUILT.code.replace('banner', 'older banner') };
    expect(planUpdate(deployed, BUILT)).toEqual({ changes: {}, settingsDiff: [] });
  });

  it('plans code alone where only the code differs', () => {
    const plan = planUpdate(OLDER, BUILT);
    expect(plan.changes).toEqual({ code: BUILT.code });
    expect(plan.codeDiff?.lines).toContain('+let version = 2;');
    expect(plan).not.toHaveProperty('risk');
  });

  it('plans settings alone where only the settings differ', () => {
    expect(planUpdate({ ...BUILT, settings: [] }, BUILT)).toEqual({
      changes: { settings: [SETTING] },
      settingsDiff: ['+ a (STRING)'],
    });
  });

  it('sees a risk in code that was changed after it was built', () => {
    expect(planUpdate({ ...OLDER, code: OLDER.code.replace('1', '3') }, BUILT)).toMatchObject({ risk: 'edited' });
  });

  it('sees a risk in code without a digest line', () => {
    expect(planUpdate({ ...OLDER, code: 'let version = 1;' }, BUILT)).toMatchObject({ risk: 'unknown origin' });
  });

  it('sees no risk where the code is the same, with or without its digest line', () => {
    expect(planUpdate({ ...BUILT, code: '// banner\nlet version = 2;' }, BUILT)).toEqual({
      changes: {},
      settingsDiff: [],
    });
  });
});
