import { isStatusWith, type Status, type StatusWith, statusesWith } from '../status/statuses.ts';

const NOT_STARTED = { waitsFor: 'its mailing' } as const;
const ENDED = { endsMailing: true } as const;

/** States of a mailing that was not started: its emails wait, and are shown with the state as their status. */
export type NotStartedState = StatusWith<typeof NOT_STARTED>;

/** States of a mailing of which nothing more is sent. */
export type EndedState = StatusWith<typeof ENDED>;

/** The state of a mailing: of what was sent in one go, a campaign or a single message. */
export type MailingState = NotStartedState | 'started' | EndedState;

/** States in which a mailing can still start. */
export const NOT_STARTED_STATES: readonly NotStartedState[] = statusesWith(NOT_STARTED);

/** States in which a mailing can still be ended. */
export const NOT_ENDED_STATES: readonly Exclude<MailingState, EndedState>[] = [...NOT_STARTED_STATES, 'started'];

export const MAILING_STATES: readonly MailingState[] = [...NOT_ENDED_STATES, ...statusesWith(ENDED)];

/** Whether a text (a row's) names a state. */
export const isMailingState = (text: unknown): text is MailingState =>
  (MAILING_STATES as readonly unknown[]).includes(text);

/** A mailing as it stands in its table. Times are ISO 8601 UTC with milliseconds. */
export type Mailing = Readonly<{
  /** A campaign's id, or `~` and the id of a single message: what a campaign's id cannot be. */
  mailingId: string;
  state: MailingState;
  createdAt: string;
  /** Not before this time; at once where there is none. */
  sendAt?: string;
  /** Not from this time on. */
  expiresAt?: string;
  category?: string;
  from: string;
  replyTo: readonly string[];
  preventDuplicates: boolean;
  needsApproval: boolean;
  unsubscribable: boolean;
  /** A message that its recipient asked for, which unsubscribing does not stop. Absent: bulk mail, as every campaign is. */
  transactional?: boolean;
  trackReads: boolean;
  /** Random: without it nobody can tell an email's id from its address. */
  salt: string;
  /** Calls that have not brought all their recipients yet. A mailing starts when there are none. */
  openCalls: readonly string[];
  /** How many recipients the calls that are complete brought. */
  recipients: number;
  /** Epoch seconds. */
  deleteAfter: number;
}>;

/** What is sent, with its markers. */
export type Content = Readonly<{ subject: string; html?: string; text?: string }>;

/** The mailing an email belongs to; an email of no campaign is a mailing of its own. */
export const mailingIdOf = ({ campaignId, messageId }: Readonly<{ campaignId?: string; messageId: string }>): string =>
  campaignId ?? singleMailing(messageId);

/** The mailing that a single message is. */
export const singleMailing = (messageId: string): string => `${SINGLE}${messageId}`;

const SINGLE = '~';

/**
 * Whether a mailing is transactional where nobody said so: a single message, without a category and without a link to
 * leave by. So are those that were stored before a plan could say it.
 */
export const isTransactional = ({
  mailingId,
  category,
  unsubscribable,
}: Readonly<{ mailingId: string; category?: string | undefined; unsubscribable: boolean }>): boolean =>
  mailingId.startsWith(SINGLE) && category === undefined && !unsubscribable;

/** Whether a mailing is over without having been sent, or not sent to the end: nothing more of it is sent. */
export const isEnded = <M extends Pick<Mailing, 'state'>>(mailing: M): mailing is M & Readonly<{ state: EndedState }> =>
  isEndedState(mailing.state);

const isEndedState = (state: MailingState): state is EndedState => state !== 'started' && isStatusWith(state, ENDED);

/** Whether a mailing's time to be sent ran out. */
export const isPastEnd = ({ expiresAt }: Pick<Mailing, 'expiresAt'>, now: string): boolean =>
  expiresAt !== undefined && expiresAt <= now;

/** Whether a mailing's time has come, as far as the clock is concerned. */
export const isDue = ({ sendAt }: Pick<Mailing, 'sendAt'>, now: string): boolean =>
  sendAt === undefined || sendAt <= now;

/** What of a mailing an email's shown status depends on. */
export type Over = Pick<Mailing, 'state' | 'expiresAt'>;

/**
 * The status to show for an email at `now`. One that waits shows where its mailing stands, laid over it when it is read:
 * at once, and at any size. What has left the queue stands by itself, and so does an email of no mailing that is known.
 */
export const waitingStatus = (status: Status, mailing: Over | undefined, now: string): Status => {
  if (status !== 'queued' || mailing === undefined) return status;
  if (isEnded(mailing)) return mailing.state;
  // The send policy rejects all of it, whether or not the mailing's state is written yet.
  if (isPastEnd(mailing, now)) return 'expired';
  return mailing.state === 'started' ? status : mailing.state;
};
