import { accountReader } from '../../../lambdas/aws/ses/account.ts';
import type { SesSend } from '../../../lambdas/aws/ses/send-email.ts';
import { emailsToSend } from '../../../lambdas/aws/sqs/emails-to-send.ts';
import { type EmailQueueName, queueNameOf } from '../../../lambdas/domain/mailing/email-queue-name.ts';
import type { EmailToSend } from '../../../lambdas/domain/mailing/jobs.ts';
import type { OutgoingEmails } from '../../../lambdas/store/emails/outgoing-emails.ts';
import { sharedAccount } from '../../../lambdas/store/mailings/shared-account.ts';
import { createDraw } from '../../../local/ses/chance.ts';
import { createSendingLimits } from '../../../local/ses/sending-limits.ts';
import type { TestedSender } from './sender.ts';
import { virtualClock } from './virtual-clock.ts';

/** The most milliseconds that a request takes to reach SES; each takes a random time. */
const WAY = 25;
/** Milliseconds of CPU time for an email, with a worker's share of a processor, one email after the other. */
const COMPUTING = 20;

export type SimulationOptions = Readonly<{
  maxSendRate: number;
  max24HourSend?: number;
  /** Milliseconds since 1970. */
  start: number;
  /** Called at each request to the database: if true, the answer is a second late. */
  standsStill?: () => boolean;
}>;

/** An email that SES accepted, by its clock. */
export type TakenBySes = Readonly<{ at: number; messageId: string; lane: EmailQueueName }>;

/**
 * Workers as Lambda runs them, on a clock of their own: each with what it remembers, with the time that the database, SES
 * and its share of a processor take. Tables are real ones; SES keeps its limits as the simulated one does.
 */
export const simulateWorkers = (on: TestedSender, options: SimulationOptions) => {
  const { maxSendRate, max24HourSend = -1, start, standsStill = () => false } = options;
  const clock = virtualClock(start);
  const limits = createSendingLimits();
  const { number: draw } = createDraw(`${maxSendRate}`);
  let drawn = 0;
  const chance = () => draw(String(drawn++));
  const queues: Record<EmailQueueName, EmailToSend[]> = { campaigns: [], messages: [] };
  const [taken, refused]: [TakenBySes[], number[]] = [[], []];
  let isOver = false;

  const send: SesSend = async ({ tags }) => {
    await clock.sleep(chance() * WAY);
    const at = clock.now();
    const messageId = tags.find(({ name }) => name === 'mailtrail-id')?.value ?? '';
    const isCampaigns = tags.some(({ name }) => name === 'campaign');
    try {
      limits.take(at, 1, 1, { maxSendRate, max24HourSend });
    } catch (error) {
      refused.push(at);
      return { is: (error as Error).message.startsWith('Daily') ? 'depleted' : 'throttled' };
    }
    taken.push({ at, messageId, lane: isCampaigns ? 'campaigns' : 'messages' });
    await clock.sleep(30 + chance() * 100);
    return { is: 'sent', sesMessageId: `ses-${messageId}` };
  };
  /** SQS for emails that are queued again. */
  const sqs = {
    send: async ({
      input,
    }: {
      input: { QueueUrl: EmailQueueName; Entries: { MessageBody: string; DelaySeconds: number }[] };
    }) => {
      for (const { MessageBody, DelaySeconds } of input.Entries) {
        void clock.sleep(1_000 * DelaySeconds).then(() => queues[input.QueueUrl].push(JSON.parse(MessageBody)));
      }
      return {};
    },
  };
  const ses = {
    send: async () => ({
      SendingEnabled: true,
      SendQuota: {
        ...{ MaxSendRate: maxSendRate, Max24HourSend: max24HourSend },
        SentLast24Hours: limits.last24Hours(clock.now()),
      },
    }),
  };
  let frozenUntil = 0;
  const database = () => {
    if (standsStill()) frozenUntil = clock.now() + 1_200;
    return Math.max(frozenUntil - clock.now(), 3 + chance() * 15);
  };
  const { emails, sendSlots, contents } = on.dependencies;
  const shared = { ...sharedAccount(on.documents, on.tables.mailings), used: on.slots.used };

  const worker = () => {
    let computedUntil = 0;
    const compute = () => {
      computedUntil = Math.max(computedUntil, clock.now()) + COMPUTING;
      return computedUntil - clock.now();
    };
    return {
      emails: Object.fromEntries(
        Object.entries(emails).map(([name, call]) => [name, clock.taking(call as never, database)]),
      ) as OutgoingEmails,
      sendSlots: { take: clock.taking(sendSlots.take, database) },
      mailings: { ...on.kept, read: clock.taking(on.kept.read, database) },
      suppressions: { get: clock.taking(on.suppressions.get, database) },
      contents: clock.taking(contents, compute),
      queue: emailsToSend(sqs as never, { campaigns: 'campaigns', messages: 'messages' }),
      account: clock.taking(accountReader(ses as never, clock.now, shared), () => 5),
      ...{ clock, send, chance },
    };
  };
  /** Processes batches from a queue until the test ends. */
  const work = async (lane: EmailQueueName) => {
    const own = worker();
    while (!isOver) {
      const batch = queues[lane].splice(0, 10);
      if (batch.length > 0) await on.work(batch, own);
      // Until Lambda brings the next one.
      await clock.sleep(5 + chance() * 20);
    }
  };

  return {
    ...{ clock, queues, taken, refused },
    put: (email: EmailToSend) => void queues[queueNameOf(email)].push(email),
    /** Runs this many workers on each queue until `done` returns true. */
    run: (workers: Readonly<Record<EmailQueueName, number>>, done: () => boolean) => {
      const lanes = (Object.keys(workers) as EmailQueueName[]).flatMap((lane) =>
        Array.from({ length: workers[lane] }, () => lane),
      );
      const watch = async () => {
        while (!done()) await clock.sleep(10);
        isOver = true;
      };
      return clock.passUntil(Promise.all([watch(), ...lanes.map(work)]));
    },
  };
};

/** The most times in any one second. */
export const mostInASecond = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
