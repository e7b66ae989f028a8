/** A message in a queue. Times are milliseconds since 1970. */
export type QueuedMessage = Readonly<{
  id: string;
  body: string;
  /** In a FIFO queue, the group whose order it keeps, and its deduplication id. */
  group?: string | undefined;
  deduplicationId?: string | undefined;
  sentAt: number;
  /** When it last became available: on arrival, after its delay, or after a return. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** Only in a dead-letter queue: the reason, and its source. */
  death: Readonly<{ reason: string; from: string; at: number }> | undefined;
}>;
