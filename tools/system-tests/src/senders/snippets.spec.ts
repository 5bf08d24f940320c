import { tracks } from './script-calls';
import { codeFor, readSnippets } from './snippets';

const PAGE = `# Senders

## On servers

### @some/sdk 1.2.3

\`\`\`js
const analytics = new Analytics({ host: 'https://your-relay.example' });
\`\`\`

### not-run 1.0.0

Without a snippet.

## In browsers

### some-sdk 2.0.0

\`\`\`js
const analytics = load('WRITE_KEY');
\`\`\`

## In PHP

### some-php 3.0.0

\`\`\`php
use Some\\Client;

Client::init('WRITE_KEY', ['host' => 'your-relay.example']);
\`\`\`

## The others
`;

describe(readSnippets.name, () => {
  it('reads each snippet with its version and what runs it', () => {
    expect(readSnippets(PAGE).map(({ name, version, runsIn }) => [name, version, runsIn])).toEqual([
      ['@some/sdk', '1.2.3', 'node'],
      ['some-sdk', '2.0.0', 'browser'],
      ['some-php', '3.0.0', 'php'],
    ]);
  });

  it('finds the clients of every language in the docs', () => {
    const languages = readSnippets().map(({ runsIn }) => runsIn);
    expect(Object.fromEntries([...new Set(languages)].map((one) => [one, countOf(languages, one)]))).toEqual({
      node: 6,
      browser: 8,
      python: 3,
      ruby: 2,
      php: 2,
    });
  });
});

describe(codeFor.name, () => {
  it('names the host alone where the docs write no scheme', () => {
    const [ofServer, , ofPhp] = readSnippets(PAGE).map((one) => codeFor(one, 'http://127.0.0.1:80', 'key'));
    expect(ofServer).toContain(`'http://127.0.0.1:80'`);
    expect(ofPhp).toContain(`Client::init('key', ['host' => '127.0.0.1:80']);`);
  });
});

describe(tracks.name, () => {
  it('calls the class that the snippet in PHP uses', () => {
    const [, , ofPhp] = readSnippets(PAGE);
    expect(ofPhp && tracks(ofPhp, 'ann', 2)).toMatch(/Client::track\(\['userId' => 'ann'.*[^]*Client::flush/);
  });
});

function countOf(all: readonly string[], one: string): number {
  return all.filter((other) => other === one).length;
}
