import type { BlockedMail, CauseName } from './suppression.ts';
/**
 * For each cause. Unsubscribing does not stop mail that a person requests; an address that cannot receive mail does.
 */
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
