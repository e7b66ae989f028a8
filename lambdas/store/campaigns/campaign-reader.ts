import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CampaignCount } from '../../domain/campaign/campaign-counters.ts';
import { MAILING_STATES, waitingStatus } from '../../domain/mailing/mailing.ts';
import type { Status } from '../../domain/status/statuses.ts';
import {
  isInRange,
  type RecipientPage,
  type RecipientsQuery,
  readRecipientsOf,
  type StatusesQuery,
} from '../emails/list-by-campaign.ts';
import { type CurrentState, mailingOverlay, readCurrentStates } from '../emails/waiting-status.ts';
import { NEWEST_EVENT, readCampaignItem } from './campaign-row.ts';

/** The queries for campaigns. None of them writes. */
export type CampaignReader = Readonly<{
  /** The counts, and the state if the campaign was sent through Mailtrail; `undefined` if neither is known. */
  find: (campaignId: string) => Promise<CampaignFound | undefined>;
  recipients: (
    asked: Omit<RecipientsQuery, 'statuses'> & Readonly<{ statuses?: StatusesQuery | undefined }>,
  ) => Promise<RecipientPage>;
}>;

export type CampaignFound = Readonly<{
  count: CampaignCount | undefined;
  standing: CurrentState | undefined;
  /** The state with which its emails in the queue are shown. */
  waiting: Status;
}>;

type Tables = Readonly<{ campaigns: string; emailStatus: string; mailings: string }>;

/**
 * Reads the Campaigns table, a campaign's plan and its emails. Every method throws what the SDK throws, and
 * UnreadableRow.
 */
export const campaignReader = (
  client: DynamoDBDocumentClient,
  { campaigns, emailStatus, mailings }: Tables,
  now: () => string,
): CampaignReader => {
  const standingOf = async (campaignId: string) =>
    (await readCurrentStates(client, mailings, [campaignId])).get(campaignId);
  const countOf = async (campaignId: string) => {
    if (campaignId === NEWEST_EVENT) return undefined;
    const { Item } = await client.send(new GetCommand({ TableName: campaigns, Key: { campaignId } }));
    return Item && readCampaignItem(Item);
  };
  const overlay = mailingOverlay(client, mailings, now);

  return {
    find: async (campaignId) => {
      const [count, standing] = await Promise.all([countOf(campaignId), standingOf(campaignId)]);
      if (count === undefined && standing === undefined) return undefined;
      return { count, standing, waiting: waitingStatus('queued', standing, now()) };
    },
    recipients: async ({ statuses, ...asked }) => {
      const stored = async () =>
        statuses &&
        (isOfMailings(statuses) ? storedAs(statuses, await standingOf(asked.campaignId), now()) : [statuses]);
      const page = await readRecipientsOf(client, emailStatus, { ...asked, statuses: await stored() });
      return { ...page, emails: await overlay(page.emails) };
    },
  };
};

/** Whether a mailing may show its emails with one of these statuses, or with another one instead. */
const isOfMailings = (asked: StatusesQuery): boolean =>
  ['queued', ...MAILING_STATES].some((name) => isInRange(name, asked));

/** The stored statuses of emails that are shown with the requested ones. Each of a mailing's states comes before `queued`. */
const storedAs = (asked: StatusesQuery, standing: CurrentState | undefined, now: string): readonly StatusesQuery[] => [
  ...(isInRange('queued', asked) ? [] : [asked]),
  ...(isInRange(waitingStatus('queued', standing, now), asked) ? [{ status: 'queued' }] : []),
];
