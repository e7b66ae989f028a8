import { SHARDS } from '../domain/digest.ts';
import { list } from '../http/answer.ts';
import type { After } from '../http/cursor.ts';
import type { RecipientPage, RecipientPosition, StatusesAsked } from '../store/read-recipients-of.ts';
import { EMAIL_COLUMNS } from './email-columns.ts';
import type { Dependencies, Route } from './routes.ts';
import { showEmail } from './show-email.ts';

/** The emails of a campaign, by status and recipient. */
export const listCampaignRecipients =
  ({ campaigns, now }: Pick<Dependencies, 'campaigns' | 'now'>): Route<'GET /v1/campaigns/{campaignId}/recipients'> =>
  async ({ path: { campaignId }, query, after, nextCursor }) => {
    const { status, limit, vocabulary } = query;
    const { emails, last } = await campaigns.recipients({
      campaignId,
      statuses: statusesOf(status),
      after: (shard) => known(after(shard, 'status', 'recipient', 'messageId')),
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

const statusesOf = (status: string | undefined): StatusesAsked | undefined =>
  status === undefined ? undefined : status.endsWith('*') ? { prefix: status.slice(0, -1) } : { status };

/** A cursor has a key of every shard: that of one of which nothing is consumed is empty. */
const BEFORE_ALL: RecipientPosition = { status: '', recipient: '', messageId: '' };

const ofEachShard = (last: NonNullable<RecipientPage['last']>): After =>
  Object.fromEntries(Array.from({ length: SHARDS }, (_, shard) => [shard, last[shard] ?? BEFORE_ALL]));

const known = (position: RecipientPosition | undefined): RecipientPosition | undefined =>
  position?.messageId === '' ? undefined : position;
