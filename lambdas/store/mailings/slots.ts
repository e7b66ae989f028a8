/** A request for consecutive send slots. Times are whole microseconds since 1970, spacings whole microseconds. */
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

/** The limits for emails of campaigns, and the slots that they get whatever single messages take. */
export type CampaignSlotRequest = Readonly<{
  /** The time now. */
  now: number;
  /** Microseconds from their last slots until their next ones are due, whatever single messages took meanwhile. */
  turn: number;
  /** The last of those slots ends by this. */
  turnUntil: number;
  /** The most slots that may have been taken in total, as `used` counts them: the quota for 24 hours. */
  most?: number;
}>;

/**
 * The result: the time of the first slot; or none because others have taken the slots until then, with the microseconds
 * after which there may be some; or none because the quota leaves room for only `left`.
 */
export type SlotAnswer =
  | Readonly<{ first: number }>
  | Readonly<{ none: 'rate'; wait: number }>
  | Readonly<{ none: 'quota'; left: number }>;

/** The item of the send rate as it was read. */
export type StoredSlots = Readonly<{
  /** The time from which slots are free, microseconds since 1970. */
  next: number | undefined;
  /** How many slots were taken in total. */
  taken: number;
  /** The time from which campaigns are due whatever single messages take, microseconds since 1970. */
  dueAt: number | undefined;
}>;
