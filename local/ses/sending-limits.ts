import { SesError } from './rest-json.ts';

/** The account's quotas. Both count recipients, not emails. */
export type Quotas = Readonly<{
  /** Recipients a second. */
  maxSendRate: number;
  /** Recipients in 24 hours; -1 for unlimited. */
  max24HourSend: number;
}>;

/**
 * Counts recent sending against the account's quotas. Mail to the mailbox simulator counts against the rate but not
 * against the daily quota (SES Developer Guide, send-an-email-from-console).
 */
export type SendingLimits = Readonly<{
  /**
   * Counts an email. One to several recipients is accepted if there is capacity for one (AWS Messaging Blog, what
   * happens when you reach your sending limits).
   *
   * @param now milliseconds since 1970
   * @param recipients of the email, and how many of them are not the mailbox simulator's
   * @throws SesError TooManyRequestsException, 429, if a quota is used up
   */
  take: (now: number, recipients: number, counted: number, quotas: Quotas) => void;
  last24Hours: (now: number) => number;
  /** The most recipients in any one second so far. */
  busiestSecond: () => number;
}>;

const SECOND = 1_000;
const DAY = 86_400_000;

export const createSendingLimits = (): SendingLimits => {
  const recent = createWindow();
  const day = createWindow();
  let busiest = 0;
  return {
    take: (now, recipients, counted, { maxSendRate, max24HourSend }) => {
      // A rate below one a second is one in several seconds.
      const since = now - SECOND / Math.min(1, maxSendRate);
      if (recent.since(since) + 1 > Math.max(1, maxSendRate)) throw exceeded('Maximum sending rate exceeded.');
      if (max24HourSend >= 0 && counted > 0 && day.since(now - DAY) + 1 > max24HourSend) {
        throw exceeded('Daily message quota exceeded.');
      }
      recent.add(now, recipients);
      day.add(now, counted);
      busiest = Math.max(busiest, recent.since(since));
    },
    last24Hours: (now) => day.since(now - DAY),
    busiestSecond: () => busiest,
  };
};

/**
 * The first sentence and the error's name are recorded from SESv2; the second sentence is the guide's, whose name for
 * both (ThrottlingException, manage-sending-quotas-errors) is that of the older API.
 */
const exceeded = (message: string) => new SesError('TooManyRequestsException', message, 429);

/** Recent counts, as long as they matter. */
const createWindow = () => {
  let entries: { time: number; count: number }[] = [];
  let first = 0;
  let sum = 0;
  return {
    add: (time: number, count: number) => {
      entries.push({ time, count });
      sum += count;
    },
    /** The sum since a time; earlier counts are dropped. */
    since: (time: number): number => {
      for (let entry = entries[first]; entry !== undefined && entry.time <= time; entry = entries[first]) {
        sum -= entry.count;
        first += 1;
      }
      if (first > 1_000) {
        entries = entries.slice(first);
        first = 0;
      }
      return sum;
    },
  };
};
