import { parseSettings } from '@segment-userleap/mapping';
import { showSettings } from './show-settings';

describe(showSettings.name, () => {
  it('shows each setting as it was written, and no key', () => {
    const written = {
      denyEvents: ['Ping'],
      allowEvents: ['Paid'],
      eventNames: { Paid: 'paid' },
      traitNames: { plan: 'tier' },
      pageUrlEvents: { 'Saw prices': '/pricing' },
      denyTraits: ['email'],
      trackScreens: true,
    };
    const parsed = parseSettings(
      { apiKey: 'a-secret-key-of-some-length', ...written },
      { unknownUserGraceSeconds: 300 },
    );
    if (!parsed.ok) throw new Error('expected settings that can be used');
    const shown = JSON.parse(JSON.stringify(showSettings(parsed.value))) as object;
    expect(shown).toMatchObject(written);
    expect(JSON.stringify(shown)).not.toContain('a-secret-key');
  });
});
