/** Identities that SES said are verified, for all functions. Times are milliseconds since 1970. */
export type VerifiedSenders = Readonly<{
  /** Those of these that are remembered at `now`. */
  find: (identities: readonly string[], now: number) => Promise<readonly string[]>;
  add: (identity: string, now: number) => Promise<void>;
}>;
