import { type CampaignCount, type Counters, ENGAGEMENT } from '../../domain/campaign/campaign-counters.ts';
import { STATUS_NAMES } from '../../domain/status/statuses.ts';
import { optional } from '../../domain/values/json.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';

/** The key of the one item that is not a campaign (newest-event.ts). SES's tags and the API's ids cannot contain a colon. */
export const NEWEST_EVENT = ':newest-event';

/** The last counted record of a shard of the stream, and when (ISO 8601) it was counted. */
export type Position = Readonly<{ sequence: string; at: string }>;

/** An item of the Campaigns table. */
export type CampaignItem = CampaignCount &
  Readonly<{
    /** By shard. `undefined` on an item without counts. */
    positions: Readonly<Record<string, Position>> | undefined;
    /** The number of writes, to detect that the item has changed since it was read. */
    writes: number;
  }>;

/** The names of all counters that an item may have. */
export const COUNTERS: readonly string[] = [
  'recipients',
  ...STATUS_NAMES,
  ...STATUS_NAMES.map((status) => `simulator_${status}`),
  ...ENGAGEMENT,
];

/**
 * Reads an item of the Campaigns table.
 * @throws UnreadableRow if a position can't be read: if it were ignored, everything would be counted again.
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
