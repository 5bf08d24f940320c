import { formatNumber, formatTable } from './table';

describe(formatTable.name, () => {
  it('puts text to the left and numbers to the right, under their columns', () => {
    const rows = [
      { store: 'relay', 'events/s': 51234.5 },
      { store: 'raw sqlite', 'events/s': 7 },
    ];
    expect(formatTable({ title: 'Intake', rows })).toBe(
      ['Intake', '  store       events/s', '  relay         51,235', '  raw sqlite         7'].join('\n'),
    );
  });
});

describe(formatNumber.name, () => {
  it.each([
    [1234567.8, '1,234,568'],
    [12.345, '12.3'],
    [0.61234, '0.612'],
    [3, '3'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
