import type { Schedules } from '../../aws/scheduler.ts';
import type { SendingWork } from '../../aws/sqs/sending-queues.ts';
import { isDue, isEnded, isPastEnd, type Mailing } from '../../domain/mailing/mailing.ts';
import { conflict, keyReused } from '../../http/problem.ts';
import type { EmailAccepter } from '../../store/emails/accept-emails.ts';
import type { Accepted } from '../../store/emails/accepted-row.ts';
import type { RowsOfEntries } from '../../store/emails/find-accepted.ts';
import { PAGE_SIZE } from '../../store/mailings/mailing-row.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type { ByStatus, Call, Calls, Closing, Outcome } from '../../store/mailings/requests.ts';
import type { SuppressionList } from '../../store/suppressions/suppression-list.ts';
import type { Renderer } from '../email/render.ts';
import { decideEmails, entriesOf } from './decide-emails.ts';
import type { GivenRecipient } from './read-recipient.ts';

export type CallDependencies = Readonly<{
  calls: Calls;
  mailings: Pick<Mailings, 'putPage'>;
  acceptEmails: EmailAccepter;
  rowsOfEntries: RowsOfEntries;
  suppressions: Pick<SuppressionList, 'getEach'>;
  schedules: Pick<Schedules, 'put'>;
  work: Pick<SendingWork, 'advance'>;
  now: () => string;
  /** Starts to count the time of a request; what it gives throws a Problem (503) once too little of it is left. */
  timeOf: () => () => void;
}>;

/** A call and the mailing it belongs to, as begun now or before: then some of its emails may have been accepted. */
export type Begun = Readonly<{ mailing: Mailing; call: Call; isRepeated: boolean }>;

/**
 * Brings the recipients of a call in, closes it, and sees to what comes next; any step may have been done before.
 * @throws Problem (503) where the time for it runs out: to repeat the request is to go on
 */
export const acceptCall = async (
  dependencies: CallDependencies,
  begun: Begun,
  renderer: Renderer,
  recipients: readonly GivenRecipient[],
): Promise<Readonly<{ mailing: Mailing; outcome: Outcome }>> => {
  const outcome = begun.call.outcome ?? (await bringIn(dependencies, begun, renderer, recipients));
  const { mailing: closed, how } = await close(dependencies, begun, outcome);
  await seeTo(dependencies, closed, how);
  return { mailing: closed, outcome };
};

const bringIn = async (
  { acceptEmails, rowsOfEntries, suppressions, mailings, timeOf }: CallDependencies,
  { mailing, call: { callId, acceptedAt }, isRepeated }: Begun,
  renderer: Renderer,
  recipients: readonly GivenRecipient[],
): Promise<Outcome> => {
  const inTime = timeOf();
  const entries = entriesOf(recipients, { mailing, callId });
  // What an earlier attempt accepted stays as it was, whatever has changed since.
  const rows = isRepeated ? await rowsOfEntries(entries, inTime) : [];
  const addresses = [...new Set(entries.map(({ recipient }) => recipient))];
  const items = await suppressions.getEach(addresses);
  const known = new Map(addresses.map((address, index) => [address, items[index]]));
  const candidates = decideEmails(
    recipients,
    entries,
    {
      ...{ mailing, campaignId: mailing.mailingId, callId, acceptedAt, renderer },
      suppressionOf: (recipient) => known.get(recipient),
    },
    rows.map((row) => row?.messageId),
  );
  const added = await acceptEmails(
    candidates.filter((candidate) => candidate !== undefined),
    mailing,
    inTime,
  );
  const next = added.values();
  const accepted = candidates.map((candidate, index) =>
    candidate === undefined ? (rows[index] as Accepted) : (next.next().value as Accepted),
  );
  // By what the emails have become: what a call that broke off let in is to be sent, whatever has changed since.
  const ids = accepted.filter(({ status }) => status === 'queued').map(({ messageId }) => messageId);
  for (let page = 0; page * PAGE_SIZE < ids.length; page++) {
    inTime();
    await mailings.putPage(mailing, callId, page, ids.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE));
  }
  return { recipients: accepted.length, byStatus: byStatus(accepted) };
};

const byStatus = (accepted: readonly Accepted[]): ByStatus => {
  const counts: Partial<Record<Accepted['status'], number>> = {};
  for (const { status } of accepted) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** How often others may get in between: each time one of them has finished. */
const ATTEMPTS = 10;

/** The mailing as it stands when the call is closed, and how it was closed; `undefined` where it was before. */
const close = async (
  { calls, now }: CallDependencies,
  { mailing: { mailingId }, call }: Pick<Begun, 'mailing' | 'call'>,
  outcome: Outcome,
): Promise<Readonly<{ mailing: Mailing; how: Closing | undefined }>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { mailing, call: there } = await calls.find(mailingId, call.callId);
    if (mailing === undefined || there === undefined) throw new Error('a mailing is gone while it is accepted');
    if (there.outcome !== undefined) return { mailing, how: undefined };
    const how = closingOf(mailing, now());
    if (!(await calls.close(mailing, call, outcome, how))) continue;
    return { mailing: how === 'starts' ? { ...mailing, state: 'started' } : mailing, how };
  }
  throw conflict('Other requests are changing this campaign. Send this one again.');
};

const closingOf = (mailing: Mailing, now: string): Closing => {
  if (mailing.state !== 'planned' || !isDue(mailing, now)) return 'waits';
  return mailing.openCalls.length === 1 ? 'starts' : 'waits for other calls';
};

/** Wakes up who goes on: at once, and when the mailing's times come. */
export const seeTo = async (
  { schedules, work, now }: Pick<CallDependencies, 'schedules' | 'work' | 'now'>,
  mailing: Mailing,
  how?: Closing,
): Promise<void> => {
  const { mailingId: campaignId, state, sendAt, expiresAt } = mailing;
  const time = now();
  if (isEnded(mailing)) return work.advance({ campaignId, why: 'continue' });
  const isWaiting = state !== 'started';
  if (isWaiting && sendAt !== undefined && sendAt > time) await schedules.put(campaignId, 'sendAt', sendAt);
  if (expiresAt !== undefined && expiresAt > time) await schedules.put(campaignId, 'expiresAt', expiresAt);
  // Planned and due is one whose time came since the call was closed, by this request or by one that broke off then.
  const isReady = state === 'approved' || (state === 'planned' && how !== 'waits for other calls');
  const isNext = state === 'started' || (isReady && isDue(mailing, time));
  if (isNext || isPastEnd(mailing, time)) await work.advance({ campaignId, why: 'start' });
};

/**
 * Begins a call, or finds it begun before.
 * @param begin what to do where it is not there yet; it says whether it did it, and throws where it must not
 * @throws Problem (409) where the key was used with another body
 */
export const beginCall = async (
  calls: Pick<Calls, 'find'>,
  mailingId: string,
  call: Call,
  begin: (mailing: Mailing | undefined) => Promise<boolean>,
): Promise<Begun> => {
  let isBegun = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await calls.find(mailingId, call.callId);
    if (found.call !== undefined && found.mailing !== undefined) {
      if (found.call.fingerprint !== call.fingerprint) throw keyReused();
      return { mailing: found.mailing, call: found.call, isRepeated: !isBegun };
    }
    isBegun = await begin(found.mailing);
  }
  throw conflict('Other requests are changing this campaign. Send this one again.');
};
