import { cleanText } from './clean-text';

describe(cleanText.name, () => {
  it('leaves out the token wherever it stands', () => {
    expect(cleanText('a secret, secretly', 'secret')).toBe('a …, …ly');
  });

  it('keeps lines and tabs, and nothing else that steers', () => {
    expect(cleanText('é\n\t\u001b[31m\r\u0007\u202e', 'secret')).toBe('é\n\t\uFFFD[31m\uFFFD\uFFFD\uFFFD');
  });
});
