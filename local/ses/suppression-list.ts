import { keptFile } from '../process/kept-file.ts';

export type Reason = 'BOUNCE' | 'COMPLAINT';

/** One address on the account's suppression list. `messageId` and `feedbackId` only if SES added it. */
export type SuppressedDestination = Readonly<{
  address: string;
  reason: Reason;
  /** Milliseconds since 1970. */
  updatedAt: number;
  messageId?: string;
  feedbackId?: string;
}>;

/**
 * The account suppression list.
 *
 * An entry's key is the address in its exact spelling, except for the domain, whose case is ignored: `Foo@x` and
 * `foo@x` are two entries, `foo@X` and `foo@x` one (probed on SES, 2026-06). Sending ignores case altogether.
 */
export type SuppressionList = Readonly<{
  /** Adds the address, or overwrites its whole entry. */
  put: (entry: SuppressedDestination) => void;
  get: (address: string) => SuppressedDestination | undefined;
  /** Removes an entry. Returns whether there was one. */
  delete: (address: string) => boolean;
  /** All entries, in no guaranteed order. */
  entries: () => readonly SuppressedDestination[];
  /** Why sending to this address is suppressed; a complaint in any spelling takes precedence over a bounce. */
  reasonFor: (address: string) => Reason | undefined;
}>;

/** @param dataFolder where the list is kept between runs; in memory without one */
export const createSuppressionList = (dataFolder?: string): SuppressionList => {
  const file = keptFile<readonly SuppressedDestination[]>(
    dataFolder,
    'ses-suppression-list.json',
    "the simulated SES's suppression list",
  );
  const entries = new Map((file.load() ?? []).map((entry) => [keyOf(entry.address), entry]));
  const changed = () => file.save([...entries.values()]);
  return {
    put: (entry) => {
      const address = keyOf(entry.address);
      entries.set(address, { ...entry, address });
      changed();
    },
    get: (address) => entries.get(keyOf(address)),
    delete: (address) => {
      const existed = entries.delete(keyOf(address));
      if (existed) changed();
      return existed;
    },
    entries: () => [...entries.values()],
    reasonFor: (address) => {
      const folded = address.toLowerCase();
      const reasons = [...entries.values()].filter((entry) => entry.address.toLowerCase() === folded);
      return reasons.find(({ reason }) => reason === 'COMPLAINT')?.reason ?? reasons[0]?.reason;
    },
  };
};

/** The spelling under which an entry is kept. */
export const keyOf = (address: string): string => {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  return trimmed.slice(0, at + 1) + trimmed.slice(at + 1).toLowerCase();
};
