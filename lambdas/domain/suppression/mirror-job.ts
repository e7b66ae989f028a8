/** An address whose entry on SES's list is to be looked at. */
export type ToMirror = Readonly<{
  address: string;
  /**
   * Only if it is still not known to say what the row says: each night queues anew all that waits, and what was done
   * meanwhile must not cost a call, or the others would wait for nothing.
   */
  ifStillNeeded?: true;
}>;

/** That SES's list may differ from the row of an address. `occasion` is the same for the same change, told again. */
export type MirrorJob = ToMirror & Readonly<{ occasion: string }>;
