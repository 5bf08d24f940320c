import { TROUBLES } from './senders-run';
import type { Tried } from './senders-run';

const COLUMNS = [...TROUBLES.map(({ name }) => name), 'restart'];

/** A Markdown table of how often each client tried, and of how many of its events were lost where there was trouble for a while. */
export function sendersTable(tried: readonly Tried[]): string {
  const clients = [...new Set(tried.map(({ client }) => client))];
  const rows = clients.map((client) => [
    `\`${client}\``,
    ...COLUMNS.map((column) => cellOf(tried.find((one) => one.client === client && one.trouble === column))),
  ]);
  const titles = [
    'client',
    ...TROUBLES.map(({ name, forMs }) => (forMs === Infinity ? name : `${name} for ${forMs / 1000} s`)),
    'restart',
  ];
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellOf(one: Tried | undefined): string {
  if (one === undefined) return '-';
  const { trouble, tries, lost } = one;
  const isForGood = TROUBLES.some(({ name, forMs }) => name === trouble && forMs === Infinity);
  const losses = lost === 0 ? 'all arrive' : `${lost} of 3 lost`;
  return [tries === undefined ? '' : `${tries} ${tries === 1 ? 'try' : 'tries'}`, isForGood ? '' : losses]
    .filter((text) => text !== '')
    .join(', ');
}
