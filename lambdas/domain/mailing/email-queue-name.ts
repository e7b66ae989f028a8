import { singleMailing } from './mailing.ts';

/**
 * The two queues that emails wait in. A single message (`POST /v1/messages`) does not wait behind the emails of a
 * campaign, of which there may be a hundred thousand.
 */
export type EmailQueueName = 'campaigns' | 'messages';

/** The queue that an email waits in, whichever queue it was taken from. */
export const queueNameOf = ({ mailingId }: Readonly<{ mailingId: string }>): EmailQueueName =>
  mailingId.startsWith(singleMailing('')) ? 'messages' : 'campaigns';
