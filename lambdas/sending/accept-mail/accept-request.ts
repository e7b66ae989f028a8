import type { Schedules } from '../../aws/scheduler.ts';
import type { JobQueues } from '../../aws/sqs/job-queues.ts';
import { isDue, isEnded, isPastEnd, type Mailing } from '../../domain/mailing/mailing.ts';
import { conflict, keyReused } from '../../http/problem.ts';
import type { EmailAccepter } from '../../store/emails/accept-emails.ts';
import type { Accepted } from '../../store/emails/accepted-row.ts';
import type { FindAccepted } from '../../store/emails/find-accepted.ts';
import { PAGE_SIZE } from '../../store/mailings/mailing-row.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type {
  AcceptRequest,
  AcceptRequests,
  ByStatus,
  Closing,
  RequestOutcome,
} from '../../store/mailings/requests.ts';
import type { SuppressionList } from '../../store/suppressions/suppression-list.ts';
import type { Renderer } from '../email/render.ts';
import { acceptedEntriesOf, decideEmails } from './decide-emails.ts';
import type { GivenRecipient } from './read-recipient.ts';

export type AcceptDependencies = Readonly<{
  requests: AcceptRequests;
  mailings: Pick<Mailings, 'putPage'>;
  acceptEmails: EmailAccepter;
  rowsOfEntries: FindAccepted;
  suppressions: Pick<SuppressionList, 'getEach'>;
  schedules: Pick<Schedules, 'put'>;
  jobs: Pick<JobQueues, 'advance'>;
  now: () => string;
  /** Starts the timer of a request; the returned function throws a Problem (503) once too little time is left. */
  timeOf: () => () => void;
}>;

/** A request and its mailing. If it `isRepeated`, some of its emails may have been accepted before. */
export type BegunRequest = Readonly<{ mailing: Mailing; request: AcceptRequest; isRepeated: boolean }>;

/**
 * Adds the recipients of a request, closes it and schedules the next step. Any step may have been done before.
 * @throws Problem (503) if the time runs out: a repeat of the same request continues
 */
export const acceptRequest = async (
  dependencies: AcceptDependencies,
  begun: BegunRequest,
  renderer: Renderer,
  recipients: readonly GivenRecipient[],
): Promise<Readonly<{ mailing: Mailing; outcome: RequestOutcome }>> => {
  const outcome = begun.request.outcome ?? (await addRecipients(dependencies, begun, renderer, recipients));
  const { mailing: closed, how } = await close(dependencies, begun, outcome);
  await scheduleNextStep(dependencies, closed, how);
  return { mailing: closed, outcome };
};

const addRecipients = async (
  { acceptEmails, rowsOfEntries, suppressions, mailings, timeOf }: AcceptDependencies,
  { mailing, request: { requestKey, acceptedAt }, isRepeated }: BegunRequest,
  renderer: Renderer,
  recipients: readonly GivenRecipient[],
): Promise<RequestOutcome> => {
  const inTime = timeOf();
  const entries = acceptedEntriesOf(recipients, { mailing, requestKey });
  // What an earlier attempt accepted stays as it was, whatever has changed since.
  const rows = isRepeated ? await rowsOfEntries(entries, inTime) : [];
  const addresses = [...new Set(entries.map(({ recipient }) => recipient))];
  const items = await suppressions.getEach(addresses);
  const known = new Map(addresses.map((address, index) => [address, items[index]]));
  const candidates = decideEmails(
    recipients,
    entries,
    {
      ...{ mailing, campaignId: mailing.mailingId, requestKey, acceptedAt, renderer },
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
  // By the status of the accepted emails: those that an interrupted attempt accepted are sent, whatever has changed since.
  const ids = accepted.filter(({ status }) => status === 'queued').map(({ messageId }) => messageId);
  for (let page = 0; page * PAGE_SIZE < ids.length; page++) {
    inTime();
    await mailings.putPage(mailing, requestKey, page, ids.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE));
  }
  return { recipients: accepted.length, byStatus: byStatus(accepted) };
};

const byStatus = (accepted: readonly Accepted[]): ByStatus => {
  const counts: Partial<Record<Accepted['status'], number>> = {};
  for (const { status } of accepted) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** How many concurrent changes are tolerated: after each, another request has finished. */
const ATTEMPTS = 10;

/** The mailing after the request is closed, and how it was closed; `undefined` if it was closed before. */
const close = async (
  { requests, now }: AcceptDependencies,
  { mailing: { mailingId }, request }: Pick<BegunRequest, 'mailing' | 'request'>,
  outcome: RequestOutcome,
): Promise<Readonly<{ mailing: Mailing; how: Closing | undefined }>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { mailing, request: there } = await requests.find(mailingId, request.requestKey);
    if (mailing === undefined || there === undefined) throw new Error('a mailing was deleted while it was accepted');
    if (there.outcome !== undefined) return { mailing, how: undefined };
    const how = closingOf(mailing, now());
    if (!(await requests.close(mailing, request, outcome, how))) continue;
    return { mailing: how === 'starts' ? { ...mailing, state: 'started' } : mailing, how };
  }
  throw conflict('Other requests are changing this campaign. Send this one again.');
};

const closingOf = (mailing: Mailing, now: string): Closing => {
  if (mailing.state !== 'planned' || !isDue(mailing, now)) return 'waits';
  return mailing.openCalls.length === 1 ? 'starts' : 'waits for other requests';
};

/** Queues the mailing's next step: now, and scheduled for the mailing's times. */
export const scheduleNextStep = async (
  { schedules, jobs, now }: Pick<AcceptDependencies, 'schedules' | 'jobs' | 'now'>,
  mailing: Mailing,
  how?: Closing,
): Promise<void> => {
  const { mailingId: campaignId, state, sendAt, expiresAt } = mailing;
  const time = now();
  if (isEnded(mailing)) return jobs.advance({ campaignId, why: 'continue' });
  const isWaiting = state !== 'started';
  if (isWaiting && sendAt !== undefined && sendAt > time) await schedules.put(campaignId, 'sendAt', sendAt);
  if (expiresAt !== undefined && expiresAt > time) await schedules.put(campaignId, 'expiresAt', expiresAt);
  // A planned mailing is due here if its time came after the request was closed, possibly by an interrupted attempt.
  const isReady = state === 'approved' || (state === 'planned' && how !== 'waits for other requests');
  const isNext = state === 'started' || (isReady && isDue(mailing, time));
  if (isNext || isPastEnd(mailing, time)) await jobs.advance({ campaignId, why: 'start' });
};

/**
 * Begins a request, or finds the one begun before.
 * @param begin called if the request does not exist; returns whether it was begun, and throws if it is not allowed
 * @throws Problem (409) if the key was used with another body
 */
export const beginRequest = async (
  requests: Pick<AcceptRequests, 'find'>,
  mailingId: string,
  request: AcceptRequest,
  begin: (mailing: Mailing | undefined) => Promise<boolean>,
): Promise<BegunRequest> => {
  let isBegun = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await requests.find(mailingId, request.requestKey);
    if (found.request !== undefined && found.mailing !== undefined) {
      if (found.request.fingerprint !== request.fingerprint) throw keyReused();
      return { mailing: found.mailing, request: found.request, isRepeated: !isBegun };
    }
    isBegun = await begin(found.mailing);
  }
  throw conflict('Other requests are changing this campaign. Send this one again.');
};
