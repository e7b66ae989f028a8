import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MirrorJob, ToMirror } from '../../domain/suppression/mirror-job.ts';
import { digest } from '../../domain/values/digest.ts';
import { NotSent, UnreadableMessage } from './queue.ts';

export type MirrorQueue = Readonly<{ send: (work: readonly MirrorJob[]) => Promise<void> }>;

/** SendMessageBatch takes ten. */
const AT_ONCE = 10;

/**
 * The queue of addresses whose SES list entry is to be looked at: FIFO and in one group, so that there is one call of SES
 * at a time. A message names only its address; whoever takes it reads the row. So what is sent twice is harmless, and the
 * five minutes for which SQS drops a repeat may not drop another change: the deduplication id is the change's.
 */
export const mirrorQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): MirrorQueue => ({
  send: async (work) => {
    for (let start = 0; start < work.length; start += AT_ONCE) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: work.slice(start, start + AT_ONCE).map(({ occasion, ...toMirror }, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(toMirror),
            MessageGroupId: 'suppressions',
            MessageDeduplicationId: digest(`${toMirror.address}\n${occasion}`),
          })),
        }),
      );
      if (Failed.length > 0) throw new NotSent(`${Failed.length} messages: ${Failed[0]?.Code ?? 'no code'}`);
    }
  },
});
/** What a message of the queue asks for. @throws UnreadableWork */
export const readMirrorJob = (body: string): ToMirror => {
  try {
    const { address, ifStillNeeded } = JSON.parse(body);
    if (typeof address === 'string' && address !== '')
      return { address, ...(ifStillNeeded === true && { ifStillNeeded }) };
  } catch {
    // Not JSON: refused below, without the parser's words, which quote the body.
  }
  throw new UnreadableMessage('the message names no address');
};
