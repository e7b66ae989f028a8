import type { Waiting } from '../../../lambdas/aws/sqs/emails-to-send.ts';
import type { EmailToSend } from '../../../lambdas/domain/mailing/jobs.ts';

/** This queue's delays are shorter than those of SQS: a second takes this many milliseconds. */
const SECOND = 10;

export type Received = Readonly<{ id: number; email: EmailToSend }>;

/**
 * A queue like SQS: a received message is hidden for `visibility` milliseconds and delivered again unless it is deleted by
 * then, and some messages are delivered twice (those for which `twice` returns true).
 */
export const workQueue = (visibility: number, twice: () => boolean) => {
  const messages = new Map<number, { email: EmailToSend; visibleAt: number }>();
  let next = 0;
  const put = (email: EmailToSend, delay = 0) => {
    for (const copies of twice() ? [0, 1] : [0]) {
      messages.set(next++, { email, visibleAt: Date.now() + delay + copies * 5 });
    }
  };
  return {
    put: (email: EmailToSend) => put(email),
    putBack: async ({ email, delaySeconds }: Waiting) => put(email, delaySeconds * SECOND),
    take: (most: number): readonly Received[] => {
      const now = Date.now();
      const taken: Received[] = [];
      for (const [id, message] of messages) {
        if (message.visibleAt > now) continue;
        message.visibleAt = now + visibility;
        taken.push({ id, email: message.email });
        if (taken.length === most) break;
      }
      return taken;
    },
    delete: (id: number) => void messages.delete(id),
    size: () => messages.size,
  };
};
