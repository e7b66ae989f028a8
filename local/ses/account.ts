import { answer, type SesAnswer } from './rest-json.ts';

/** The made-up account that sends, as it shows in events. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';

const DAY = 86_400_000;

/** SES's SendQuota counts recipients, not messages; mail to the mailbox simulator does not count (SES Developer Guide). */
export type SentCount = Readonly<{
  /** @param time milliseconds since 1970 */
  add: (time: number, recipients: number) => void;
  last24Hours: (now: number) => number;
}>;

export const createSentCount = (): SentCount => {
  let sent: { time: number; recipients: number }[] = [];
  return {
    add: (time, recipients) => {
      sent.push({ time, recipients });
    },
    last24Hours: (now) => {
      sent = sent.filter(({ time }) => time > now - DAY);
      return sent.reduce((sum, { recipients }) => sum + recipients, 0);
    },
  };
};

/** GetAccount: a healthy account in production, with the quota AWS often grants first (50,000 a day, 14 a second). */
export const getAccount = (sent: SentCount, now: number): SesAnswer =>
  answer({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: sent.last24Hours(now) },
    SendingEnabled: true,
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
