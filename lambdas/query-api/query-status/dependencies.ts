import type { CampaignReader } from '../../store/campaigns/campaign-reader.ts';
import type { EmailReader } from '../../store/emails/email-reader.ts';
import type { SuppressionList } from '../../store/suppressions/suppression-list.ts';

/** What the routes need: the tables and a clock (ISO 8601 UTC with milliseconds). */
export type Dependencies = Readonly<{
  archive: EmailReader;
  campaigns: CampaignReader;
  suppressions: SuppressionList;
  /** The time of the newest event that was recorded; `undefined` where none was. */
  newestEvent: () => Promise<string | undefined>;
  now: () => string;
}>;
