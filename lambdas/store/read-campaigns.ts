import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CampaignCount } from '../domain/campaign.ts';
import { readCampaignItem } from './campaign-item.ts';
import { type RecipientPage, type RecipientsAsked, readRecipientsOf } from './read-recipients-of.ts';

/** What can be asked of campaigns. All of it only reads. */
export type CampaignArchive = Readonly<{
  /** What was counted; `undefined` where nothing was. */
  count: (campaignId: string) => Promise<CampaignCount | undefined>;
  recipients: (asked: RecipientsAsked) => Promise<RecipientPage>;
}>;

/** Reads the Campaigns table, and a campaign's emails. Everything throws what the SDK throws, and UnreadableRow. */
export const campaignArchive = (
  client: DynamoDBDocumentClient,
  tables: Readonly<{ campaigns: string; emailStatus: string }>,
): CampaignArchive => ({
  count: async (campaignId) => {
    const { Item } = await client.send(new GetCommand({ TableName: tables.campaigns, Key: { campaignId } }));
    return Item && readCampaignItem(Item);
  },
  recipients: (asked) => readRecipientsOf(client, tables.emailStatus, asked),
});
