/** An address whose entry on SES's list is to be checked. */
export type ToMirror = Readonly<{
  address: string;
  /**
   * Only if the entry is still not known to match the row. Every night all pending addresses are queued again, and
   * those processed in the meantime must not cost a request, which would delay the others.
   */
  ifStillNeeded?: true;
}>;

/** An address whose row changed. `change` identifies the change: a repeat of it has the same. */
export type MirrorJob = ToMirror & Readonly<{ change: string }>;
