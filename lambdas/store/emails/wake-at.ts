import { CHECK_AFTER } from '../../domain/mailing/recovery.ts';
import { WAKE_AFTER } from '../../domain/mailing/send-rate.ts';
import { shardOf } from '../../domain/values/digest.ts';
import { later } from '../../domain/values/time.ts';

type Key = Readonly<{ messageId: string; recipient: string }>;

/** A row's keys in the index byWakeAt: `wakeAt` is ISO 8601. */
export type WakeKeys = Readonly<{ wakeAt: string; wakeShard: string }>;

/** The attributes of those keys. */
export const WAKING: readonly string[] = ['wakeAt', 'wakeShard'];

/** Index keys of an email that must be checked again at a certain time, whatever is in the queue. */
export const wake = ({ messageId, recipient }: Key, at: string): WakeKeys => ({
  wakeAt: later(at, WAKE_AFTER),
  wakeShard: String(shardOf(messageId, recipient)),
});

/**
 * Index keys by which a waiting single message is found if its queue message is lost. They have shards of their own, which
 * are read only when the queue is short. A campaign's email needs none: it is found in the index byCampaign.
 * @param after milliseconds from `at`
 */
export const wakeQueued = ({ messageId, recipient }: Key, at: string, after = CHECK_AFTER): WakeKeys => ({
  wakeAt: later(at, after),
  wakeShard: queuedShard(shardOf(messageId, recipient)),
});

/** The shard of waiting single messages with this number. */
export const queuedShard = (shard: number): string => `queued/${shard}`;
