import type { BlockedMail, CauseName } from './suppression.ts';
/** Of each cause. Leaving a mailing list is no word on what one asks for; an address that can't be written to is. */
export const STOPS = {
  complaint: 'all',
  bounce: 'all',
  repeated_soft_bounce: 'all',
  forwarded_bounce: 'all',
  ses_global_list: 'all',
  manual: 'all',
  unsubscribe: 'bulk',
} as const satisfies Readonly<Record<CauseName, BlockedMail>>;

/** What of mail causes stop together. */
export const blockedBy = (causes: readonly Readonly<{ stops: BlockedMail }>[]): BlockedMail =>
  causes.some(({ stops }) => stops === 'all') ? 'all' : 'bulk';

/** An email, as far as suppressions go. A transactional one has its category for reports only. */
export type KindOfMail = Readonly<{ category?: string | undefined; transactional?: boolean | undefined }>;
