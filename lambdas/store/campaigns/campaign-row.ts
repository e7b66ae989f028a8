import { type CampaignCount, type Counters, ENGAGEMENT } from '../../domain/campaign/campaign-counters.ts';
import { STATUS_NAMES } from '../../domain/status/statuses.ts';
import { optional } from '../../domain/values/json.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';

/** The one item that is no campaign (newest-event.ts). SES's tags and the API's ids have no colon, so none can be called so. */
export const NEWEST_EVENT = ':newest-event';

/** How far a shard of the stream is counted, and when (ISO 8601) that was. */
export type Position = Readonly<{ sequence: string; at: string }>;

/** An item of the Campaigns table. */
export type CampaignItem = CampaignCount &
  Readonly<{
    /** By shard. `undefined` on an item that nothing was counted into yet. */
    positions: Readonly<Record<string, Position>> | undefined;
    /** How often it was written, by which somebody who read it knows that it is still the same. */
    writes: number;
  }>;

/** Every number an item may hold. */
export const COUNTERS: readonly string[] = [
  'recipients',
  ...STATUS_NAMES,
  ...STATUS_NAMES.map((status) => `simulator_${status}`),
  ...ENGAGEMENT,
];

/**
 * An item of the Campaigns table.
 * @throws UnreadableRow where a position can't be read: taken for none, everything would be counted again.
 */
export const readCampaignItem = (row: Row): CampaignItem => ({
  counters: optional(row, 'number', COUNTERS) as Counters,
  ...optional(row, 'string', ['firstActivityAt', 'lastActivityAt']),
  positions: isRow(row.positions)
    ? Object.fromEntries(Object.entries(row.positions).map(([shard, position]) => [shard, readPosition(position)]))
    : undefined,
  writes: optional(row, 'number', ['writes']).writes ?? 0,
});

const readPosition = (value: unknown): Position => {
  const row = isRow(value) ? value : {};
  return { sequence: textOf(row, 'sequence'), at: textOf(row, 'at') };
};
