/** Slots in the send rate, one after the other. Times are whole microseconds since 1970, spacings whole microseconds. */
export type SlotRequest = Readonly<{
  count: number;
  spacing: number;
  /** The first slot is not before this. */
  from: number;
  /** The last slot ends by this. */
  until: number;
  /** Only for emails of campaigns. */
  campaigns?: CampaignSlotRequest;
}>;

/** What emails of campaigns have to leave to others, and what is theirs whatever others take. */
export type CampaignSlotRequest = Readonly<{
  /** The time now. */
  now: number;
  /** From their last slots until their next ones are due, whatever single messages took meanwhile. */
  turn: number;
  /** The last of such slots ends by this. */
  turnUntil: number;
  /** How many slots there may have been in all, by the count that `used` tells: the quota for 24 hours. */
  most?: number;
}>;

/**
 * What came of it: the time of the first slot; or none, since others have taken what there is until then, and after how
 * many microseconds there may be some; or none, since the quota leaves room for no more than `left`.
 */
export type SlotAnswer =
  | Readonly<{ first: number }>
  | Readonly<{ none: 'rate'; wait: number }>
  | Readonly<{ none: 'quota'; left: number }>;

/** The item of the send rate as it was read. */
export type StoredSlots = Readonly<{
  /** From when on slots are free, microseconds since 1970. */
  next: number | undefined;
  /** How many slots were taken in all. */
  taken: number;
  /** From when on campaigns are due whatever single messages take, microseconds since 1970. */
  dueAt: number | undefined;
}>;
