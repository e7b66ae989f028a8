import type { CampaignArchive } from '../store/read-campaigns.ts';
import type { EmailArchive } from '../store/read-email-status.ts';
import type { SuppressionList } from '../store/suppression-list.ts';

/** What the routes need: the tables and a clock (ISO 8601 UTC with milliseconds). */
export type Dependencies = Readonly<{
  archive: EmailArchive;
  campaigns: CampaignArchive;
  suppressions: SuppressionList;
  /** The time of the newest event that was recorded; `undefined` where none was. */
  newestEvent: () => Promise<string | undefined>;
  now: () => string;
}>;
