/** What is to be done about a mailing. Whoever reads it looks at how the mailing stands: said twice, it is done once. */
export type Step = Readonly<{ campaignId: string; why: 'start' | 'sendAt' | 'expiresAt' | 'continue' }> | Resending;

/** Failed emails to send again: those to the addresses (folded), those with the reason, or those that are both. */
export type Resending = Readonly<{
  campaignId: string;
  why: 'resend';
  recipients?: readonly string[];
  reason?: string;
  /** ISO 8601. What fails after it is not meant, however late this is read. */
  askedAt: string;
  /** How far it came. */
  after?: ResendPosition;
}>;

/** The last email of a campaign's list of failed ones that was looked at. */
export type ResendPosition = Readonly<{ shard: number; recipient: string; messageId: string }>;

/** An email to send, as its queue knows it: by ids, without an address. */
export type EmailToSend = Readonly<{
  mailingId: string;
  messageId: string;
  /** How often there was no room for it; absent on the first try. */
  attempt?: number;
}>;
