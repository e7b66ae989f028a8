import { expect, it } from 'vitest';
import { table } from '../../../local/demo/table.ts';

it('a table has columns as wide as their content, and wraps the last', () => {
  const rows = [
    ['ann@example.com', 'Read', 'It was kept open for a while.'],
    ['bo', 'Hard bounce', 'Gone.'],
  ];

  expect(table(['Recipient', 'Status', 'Meaning'], rows, 50)).toBe(
    [
      'Recipient        Status       Meaning',
      '───────────────  ───────────  ────────────────────',
      'ann@example.com  Read         It was kept open for',
      '                              a while.',
      'bo               Hard bounce  Gone.',
    ].join('\n'),
  );
});
