/** A message in a queue. Times are milliseconds since 1970. */
export type QueuedMessage = Readonly<{
  id: string;
  body: string;
  /** In a FIFO queue, the group whose order it keeps, and by what a repeat is known. */
  group?: string | undefined;
  deduplicationId?: string | undefined;
  sentAt: number;
  /** When it could be received last: when it came, its delay was over, or it came back. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** Only in a dead-letter queue: why it is there, and where it came from. */
  death: Readonly<{ reason: string; from: string; at: number }> | undefined;
}>;
