type Entry = Readonly<{
  Id: string;
  MessageBody: string;
  DelaySeconds?: number;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}>;

/** A fault of a request: entries that SQS rejects, by their body, or an answer that is lost after it accepted them. */
export type Fault = Readonly<{ refuses: (body: string) => boolean }> | 'answer lost';

/**
 * A queue as SQS documents it (API reference, SendMessageBatch): at most 10 entries with ids of their own; a result for
 * each, with status 200 although some failed; entries that do not fail are queued in the order of the request. A FIFO
 * queue drops messages with a known deduplication id, and reports success.
 * @param faults of the requests, in their order
 */
export const sqsQueue = (...faults: readonly (Fault | undefined)[]) => {
  const bodies: string[] = [];
  const requests: (readonly Entry[])[] = [];
  const known = new Set<string>();
  const take = ({ MessageBody, MessageGroupId, MessageDeduplicationId }: Entry) => {
    if (MessageGroupId !== undefined) {
      if (MessageDeduplicationId === undefined) throw new Error('InvalidParameterValue');
      if (known.has(MessageDeduplicationId)) return;
      known.add(MessageDeduplicationId);
    }
    bodies.push(MessageBody);
  };
  const send = async ({ input }: { input: { QueueUrl: string; Entries: readonly Entry[] } }) => {
    const { Entries } = input;
    const fault = faults[requests.length];
    requests.push(Entries);
    if (Entries.length === 0) throw new Error('EmptyBatchRequest');
    if (Entries.length > 10) throw new Error('TooManyEntriesInBatchRequest');
    if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length) throw new Error('BatchEntryIdsNotDistinct');
    // Another request may arrive before this one is answered.
    await new Promise(setImmediate);
    const failed = Entries.filter(({ MessageBody }) => typeof fault === 'object' && fault.refuses(MessageBody));
    for (const entry of Entries) if (!failed.includes(entry)) take(entry);
    if (fault === 'answer lost') throw new Error('TimeoutError');
    return {
      Successful: Entries.filter((entry) => !failed.includes(entry)).map(({ Id }) => ({ Id })),
      Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
    };
  };
  return { client: { send } as never, send, bodies, requests };
};
