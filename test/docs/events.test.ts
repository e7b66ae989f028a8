import { describe, expect, it } from 'vitest';
import { undocumented } from '../status-events/schema.ts';
import { blocksOf, DOCUMENTS } from './documents.ts';

const shown = DOCUMENTS.flatMap((document) =>
  blocksOf(document)
    .filter(({ mark }) => mark?.startsWith('event:'))
    .map(({ mark = '', text }) => [document.name, mark.replace('event: ', ''), JSON.parse(text)] as const),
);

describe('events in the documents', () => {
  it('are of both kinds', () => {
    expect(new Set(shown.map(([, kind]) => kind))).toEqual(new Set(['EmailStatusChanged', 'SuppressionChanged']));
  });

  it.each(shown)('match the schemas: %s, %s', (_, kind, event) => {
    expect([event['detail-type'], event.source]).toEqual([kind, 'mailtrail']);
    expect(undocumented(kind, event.detail)).toEqual([]);
  });
});
