import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { campaignSteps } from '../../../lambdas/aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../../lambdas/aws/sqs/email-queue.ts';
import type { EmailToSend, Step } from '../../../lambdas/domain/mailing/jobs.ts';
import { createHandler } from '../../../lambdas/sending/advance-campaigns/handler.ts';
import { failedEmails } from '../../../lambdas/store/emails/failed-emails.ts';
import { unsentEnder } from '../../../lambdas/store/emails/unsent-emails.ts';
import { pagePart, partKey } from '../../../lambdas/store/mailings/mailing-row.ts';
import { mailings } from '../../../lambdas/store/mailings/mailings.ts';
import { unfinishedCampaigns } from '../../../lambdas/store/mailings/unfinished-campaigns.ts';
import { silent } from '../../support/silent.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import type { Accepting } from '../accept-mail/set-up.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's commands, of which only the input is used.
type Command = any;
type Moment = 'before it was taken' | 'after it was taken';

/** The two queues behind an SQS client. A given request fails once, and SQS may reject some entries of a batch. */
export const queues = () => {
  const emails: EmailToSend[] = [];
  const steps: { step: Step; delay: number }[] = [];
  const calls: number[] = [];
  const turn = { fault: undefined as { at: number; moment: Moment } | undefined, refuse: (_id: string) => false };
  /** Called after each batch. */
  const on = { batch: async () => {} };
  const client = {
    send: async ({ input }: Command) => {
      const due = turn.fault?.at === calls.length ? turn.fault.moment : undefined;
      calls.push(input.Entries?.length ?? 1);
      if (due === 'before it was taken') throw new Error('the request was lost');
      if (input.Entries === undefined) {
        steps.push({ step: JSON.parse(input.MessageBody), delay: input.DelaySeconds });
        if (due === 'after it was taken') throw new Error('the answer was lost');
        return {};
      }
      const Failed: object[] = [];
      for (const { Id, MessageBody } of input.Entries) {
        const email: EmailToSend = JSON.parse(MessageBody);
        if (turn.refuse(email.messageId)) Failed.push({ Id, Code: 'InternalError' });
        else emails.push(email);
      }
      await on.batch();
      if (due === 'after it was taken') throw new Error('the answer was lost');
      return { Failed };
    },
  };
  return { client: client as never, emails, steps, calls, turn, on };
};

/** The function that advances campaigns, with the tables that mail is accepted into. */
export const advancing = ({ documents, tables, clock }: Accepting) => {
  const sqs = queues();
  const quiet = silent();
  const handler = createHandler({
    mailings: mailings(documents, tables.mailings),
    unfinished: unfinishedCampaigns(documents, tables.mailings),
    endUnsent: unsentEnder(documents, tables.emailStatus),
    failed: failedEmails(documents, tables.emailStatus),
    queueEmails: emailQueue(sqs.client, 'emails'),
    steps: campaignSteps(sqs.client, 'campaigns'),
    now: () => clock.now,
    logger: quiet.logger,
  });
  /** Whether the message was processed. */
  const runBody = async (body: string, timeLeft: () => number = () => 30_000) => {
    const { batchItemFailures } = await handler(sqsEvent([body]) as never, { getRemainingTimeInMillis: timeLeft });
    return batchItemFailures.length === 0;
  };
  const run = (step: object, timeLeft?: () => number) => runBody(JSON.stringify(step), timeLeft);
  return {
    ...{ ...sqs, run, runBody, said: quiet.said },
    /** Runs the queued steps until there are no more. */
    runOn: async (step: object, timeLeft?: () => number) => {
      let [runs, next] = [0, step as object | undefined];
      for (; next !== undefined; runs++) {
        sqs.steps.length = 0;
        if (!(await run(next, timeLeft))) throw new Error('not advanced');
        next = sqs.steps[0]?.step;
      }
      return runs;
    },
    /** Pages as written by requests. */
    putPages: async (mailingId: string, pages: readonly (readonly string[])[], requestKey = 'k.c') => {
      for (const [number, ids] of pages.entries()) {
        const Item = { ...partKey(mailingId, pagePart(requestKey, number)), ids: [...ids], deleteAfter: 2_000_000_000 };
        await documents.send(new PutCommand({ TableName: tables.mailings, Item }));
      }
    },
  };
};

export type Advancing = ReturnType<typeof advancing>;
