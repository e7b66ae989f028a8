import { SHARDS } from '../../domain/values/digest.ts';
import { list } from '../../http/answer.ts';
import type { After } from '../../http/cursor.ts';
import { NO_CURSOR } from '../../http/parameter.ts';
import { invalid } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import {
  isInRange,
  type RecipientPage,
  type RecipientPosition,
  type StatusesQuery,
} from '../../store/emails/list-by-campaign.ts';
import type { Dependencies } from './dependencies.ts';
import { EMAIL_COLUMNS } from './email-columns.ts';
import { showEmail } from './show-email.ts';

/** The emails of a campaign, by status and recipient. */
export const listCampaignRecipients =
  ({ campaigns, now }: Pick<Dependencies, 'campaigns' | 'now'>): Route<'GET /v1/campaigns/{campaignId}/recipients'> =>
  async ({ path: { campaignId }, query, after, nextCursor }) => {
    const { status, limit, vocabulary } = query;
    const statuses = statusesOf(status);
    const { emails, last } = await campaigns.recipients({
      campaignId,
      statuses,
      after: (shard) => known(after(shard, 'status', 'recipient', 'messageId'), statuses),
      limit,
    });
    const asked = { vocabulary, now: now() };
    return list(
      {
        items: emails.map((email) => showEmail(email, asked)),
        ...(last && { nextCursor: nextCursor(ofEachShard(last)) }),
        applied: { status: status ?? null, limit, vocabulary },
      },
      EMAIL_COLUMNS,
    );
  };

const statusesOf = (status: string | undefined): StatusesQuery | undefined =>
  status === undefined ? undefined : status.endsWith('*') ? { prefix: status.slice(0, -1) } : { status };

/** A cursor has a key of every shard; this is that of one of which nothing is consumed. */
const BEFORE_ALL: RecipientPosition = { status: '-', recipient: '-', messageId: '-' };

const ofEachShard = (last: NonNullable<RecipientPage['last']>): After =>
  Object.fromEntries(Array.from({ length: SHARDS }, (_, shard) => [shard, last[shard] ?? BEFORE_ALL]));

/** @throws Problem (400) on a key of another status: DynamoDB rejects a start key outside of the query */
const known = (
  position: RecipientPosition | undefined,
  asked: StatusesQuery | undefined,
): RecipientPosition | undefined => {
  if (position === undefined || position.status === BEFORE_ALL.status) return undefined;
  const { status } = position;
  // Emails in the queue may be shown as what their campaign is, and are listed behind those that are stored so.
  if (status !== 'queued' && !isInRange(status, asked)) throw invalid([{ parameter: 'cursor', message: NO_CURSOR }]);
  return position;
};
