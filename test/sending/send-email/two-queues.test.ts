import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailsToSend } from '../../../lambdas/aws/sqs/emails-to-send.ts';
import type { EmailToSend } from '../../../lambdas/domain/mailing/jobs.ts';
import { sendWorkers } from '../../../lib/settings/send-workers.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';
import { mostInASecond, simulateWorkers } from './simulated-workers.ts';

const RATE = 14;
const WORKERS = { campaigns: sendWorkers(RATE), messages: sendWorkers(RATE) };
/** More than that rate allows: all of them wait for slots. */
const MANY = { ...WORKERS, campaigns: 12 };
/** Waiting emails; no more of them are accepted than may be sent during a test. */
const [WAITING, COME_UP] = [5_000, 330];

describe.each(engines())('single messages and campaigns, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let run = 0;
  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  beforeEach(() => {
    on.forget();
    run += 1;
  });
  afterAll(() => on.drop());

  const message = async (messageId: string): Promise<EmailToSend> => {
    const of = mailing({ mailingId: `~${messageId}`, category: 'receipt' });
    await on.put(of);
    return on.accept('bo@example.com', { messageId, of });
  };
  const messages = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => message(`message-${run}-${index}`)));
  const simulated = (more: Readonly<{ max24HourSend?: number; maxSendRate?: number }> = {}) => {
    const workers = simulateWorkers(on, { maxSendRate: RATE, start: Date.parse(NOW) + run * 86_400_000, ...more });
    const start = workers.clock.now();
    return { ...workers, start, after: (seconds: number) => workers.clock.now() > start + 1_000 * seconds };
  };
  const campaign = async ({ put }: ReturnType<typeof simulated>, waiting = WAITING, comeUp = COME_UP) => {
    for (const email of await on.acceptMany(Math.min(waiting, comeUp), `email-${run}`)) put(email);
    for (let index = comeUp; index < waiting; index++)
      put({ mailingId: 'october', messageId: `email-${run}-${index}` });
  };

  it('send a receipt within five seconds of its acceptance, while 5,000 emails wait at 14 a second', async () => {
    const ses = simulated();
    await campaign(ses);
    const receipts = await messages(6);
    const putAt = new Map<string, number>();
    const accept = async () => {
      for (const receipt of receipts) {
        await ses.clock.sleep(2_700);
        putAt.set(receipt.messageId, ses.clock.now());
        ses.put(receipt);
      }
    };

    await Promise.all([accept(), ses.run(MANY, () => ses.after(18))]);

    const waited = receipts.map(({ messageId }) => {
      const taken = ses.taken.find((one) => one.messageId === messageId);
      return (taken?.at ?? Number.POSITIVE_INFINITY) - (putAt.get(messageId) ?? 0);
    });
    console.log(`receipts waited for ${waited.join(', ')} ms`);
    expect(Math.max(...waited)).toBeLessThan(5_000);
    expect(ses.refused).toEqual([]);
    expect(mostInASecond(ses.taken.map(({ at }) => at))).toBeLessThanOrEqual(RATE);
    expect(ses.taken.length).toBeGreaterThan(0.9 * RATE * 17);
  }, 180_000);

  it('share the rate if both are many: at least a fifth of the slots are the campaign’s', async () => {
    const ses = simulated();
    await campaign(ses);
    for (const one of await messages(300)) ses.put(one);

    await ses.run({ ...WORKERS, messages: 12 }, () => ses.after(24));

    const ofCampaign = ses.taken.filter(({ lane }) => lane === 'campaigns').length;
    console.log(`${ofCampaign} of ${ses.taken.length} were the campaign's`);
    expect(ofCampaign).toBeGreaterThan(0.15 * ses.taken.length);
    expect(ses.taken.length - ofCampaign).toBeGreaterThan(0.3 * ses.taken.length);
    expect(ses.refused).toEqual([]);
  }, 180_000);

  it('do not wait for quota that a campaign used up: a part of it is reserved for single messages', async () => {
    const ses = simulated({ max24HourSend: 100, maxSendRate: 50 });
    await campaign(ses, 150, 150);
    const receipts = await messages(5);
    const accept = async () => {
      await ses.clock.sleep(6_000);
      for (const receipt of receipts) ses.put(receipt);
    };

    await Promise.all([accept(), ses.run(WORKERS, () => ses.after(15))]);

    expect(ses.taken.filter(({ lane }) => lane === 'campaigns')).toHaveLength(95);
    expect(ses.taken.filter(({ lane }) => lane === 'messages')).toHaveLength(5);
    expect(ses.refused).toEqual([]);
    expect(await on.row(`email-${run}-149`)).toMatchObject({ status: 'depleted' });
  });

  it('are sent if an earlier version queued them together', async () => {
    const [old] = await messages(1);
    const [email] = await on.acceptMany(1, `email-${run}`);

    expect(await on.work([email, old] as EmailToSend[])).toEqual([]);

    expect(on.sent.map(({ to }) => to).sort()).toEqual(['ann@example.com', 'bo@example.com']);
  });

  it.each([
    ['SES says that it is too fast', { outcome: { is: 'throttled' } }],
    ['SES takes nothing', { outcome: { is: 'held', cause: 'SendingPausedException' } }],
    ['SES is not reached', { outcome: { is: 'unreached', cause: 'ECONNREFUSED' } }],
    ['the account is paused', { maxSendRate: 0 }],
    ['there is no time left', { timeLeft: 18_000 }],
  ] as const)('go back each into the queue of its own where %s', async (_, given) => {
    const back: string[] = [];
    const sqs = {
      send: async ({ input }: { input: { QueueUrl: string; Entries: { MessageBody: string }[] } }) => {
        for (const { MessageBody } of input.Entries)
          back.push(`${input.QueueUrl} ${JSON.parse(MessageBody).messageId}`);
        return {};
      },
    };
    const [single] = await messages(1);
    const [email] = await on.acceptMany(1, `email-${run}`);
    if ('outcome' in given) on.outcomes.push(given.outcome, given.outcome);
    if ('maxSendRate' in given) on.account.maxSendRate = given.maxSendRate;
    const queue = emailsToSend(sqs as never, { campaigns: 'emails', messages: 'messages' });

    await on.work([single, email] as EmailToSend[], { queue }, 'timeLeft' in given ? given.timeLeft : 60_000);

    expect(back.sort()).toEqual([`emails ${email?.messageId}`, `messages ${single?.messageId}`]);
  });
});
