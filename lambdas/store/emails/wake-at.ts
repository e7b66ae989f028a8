import { CHECK_AFTER } from '../../domain/mailing/recovery.ts';
import { WAKE_AFTER } from '../../domain/mailing/send-rate.ts';
import { shardOf } from '../../domain/values/digest.ts';
import { later } from '../../domain/values/time.ts';

type Key = Readonly<{ messageId: string; recipient: string }>;

/** Keys of the index byWakeAt, as a row holds them: `wakeAt` is ISO 8601. */
export type WakeKeys = Readonly<{ wakeAt: string; wakeShard: string }>;

/** The attributes of those keys. */
export const WAKING: readonly string[] = ['wakeAt', 'wakeShard'];

/** Keys by which an email is found that must be looked at again at a time, whatever the queue holds. */
export const wake = ({ messageId, recipient }: Key, at: string): WakeKeys => ({
  wakeAt: later(at, WAKE_AFTER),
  wakeShard: String(shardOf(messageId, recipient)),
});

/**
 * Keys by which a single message is found that waits for its turn, should its queue message be lost. They are in shards of
 * their own, which are read only where the queue is short. An email of a campaign needs none: the index byCampaign finds it.
 * @param after milliseconds from `at`
 */
export const wakeQueued = ({ messageId, recipient }: Key, at: string, after = CHECK_AFTER): WakeKeys => ({
  wakeAt: later(at, after),
  wakeShard: queuedShard(shardOf(messageId, recipient)),
});

/** The shard of single messages that wait, by its number. */
export const queuedShard = (shard: number): string => `queued/${shard}`;
