import { diffSettings } from './diff-settings';

const KEY = { name: 'apiKey', label: 'Key', description: 'The key.', type: 'STRING', required: true, sensitive: true };
const LIST = { name: 'deny', label: 'Deny', description: 'Names.', type: 'ARRAY', required: false, sensitive: false };

describe(diffSettings.name, () => {
  it('has nothing to say about the same settings in another order', () => {
    expect(diffSettings([KEY, LIST], [LIST, KEY])).toEqual([]);
  });

  it('names what is added, changed and removed', () => {
    const changed = { ...KEY, label: 'API key', sensitive: false };
    expect(diffSettings([KEY, { ...LIST, name: 'old' }], [changed, LIST, { ...KEY, name: 'second' }])).toEqual([
      '~ apiKey: label "Key" → "API key"; sensitive true → false',
      '+ deny (ARRAY)',
      '+ second (STRING, required)',
      '- old',
    ]);
  });

  it('cuts long values', () => {
    const [line] = diffSettings([KEY], [{ ...KEY, description: 'x'.repeat(5_000) }]);
    expect(line).toMatch(/^~ apiKey: description "The key." → "x{59}…"$/);
  });
});
