import { isDue, isEnded, isPastEnd, type Mailing, NOT_STARTED_STATES } from '../../domain/mailing/mailing.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';

/**
 * A campaign in the state that it has at `now`: started if it is due, complete and needs no approval; expired if its end
 * passed before all of it was queued. `undefined` if it is unknown, or was deleted.
 */
export const currentState = async (
  mailings: Pick<Mailings, 'read' | 'pages' | 'move' | 'end'>,
  campaignId: string,
  now: string,
): Promise<Mailing | undefined> => {
  const mailing = await mailings.read(campaignId);
  if (mailing === undefined || isEnded(mailing)) return mailing;
  const next = await nextOf(mailings, mailing, now);
  if (next === undefined) return mailing;
  // A campaign must have all its recipients to start, but not to end.
  const moved = await mailings[next === 'started' ? 'move' : 'end'](campaignId, [mailing.state], next);
  return moved.moved ? { ...mailing, state: next } : moved.mailing;
};

const nextOf = async (
  mailings: Pick<Mailings, 'pages'>,
  mailing: Mailing,
  now: string,
): Promise<'started' | 'expired' | undefined> => {
  if (isPastEnd(mailing, now)) {
    // A campaign whose emails have all been queued does not expire.
    const notStarted = NOT_STARTED_STATES.some((state) => state === mailing.state);
    const isCutShort = notStarted || (await mailings.pages(mailing.mailingId, 1)).length > 0;
    return isCutShort ? 'expired' : undefined;
  }
  const isReady = mailing.state === 'planned' || mailing.state === 'approved';
  return isReady && isDue(mailing, now) ? 'started' : undefined;
};
