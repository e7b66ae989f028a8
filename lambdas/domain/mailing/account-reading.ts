/** GetAccount's answer, as it is kept for all workers. Milliseconds since 1970, emails, emails a second. */
export type AccountReading = Readonly<{
  readAt: number;
  maxSendRate: number;
  /** -1 stands for no quota (API reference, SendQuota). */
  max24HourSend: number;
  sentLast24Hours: number;
  placesUsed: number;
}>;

/** Where workers leave what they read for the others: GetAccount takes one call a second of an account (SES guide, quotas). */
export type SharedAccount = Readonly<{
  read: () => Promise<AccountReading | undefined>;
  write: (reading: AccountReading) => Promise<void>;
  /** Whether this worker is the one to call GetAccount now, and the others use what is known meanwhile. */
  claim: (at: number) => Promise<boolean>;
  /** How many slots in the send rate were taken in all, and the time of the next one in microseconds (send-slots.ts). */
  used: () => Promise<Readonly<{ slots: number; next: number }>>;
}>;
