import { keptFile } from '../process/kept-file.ts';

export type Reason = 'BOUNCE' | 'COMPLAINT';

/** One address on the account's suppression list. `messageId` and `feedbackId` only where SES added it by itself. */
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
 * An entry's key is the address in its exact spelling but for the domain, which is folded: `Foo@x` and `foo@x` are two
 * entries, `foo@X` and `foo@x` one (probed on SES, 2026-06). Sending, on the other hand, ignores case altogether.
 */
export type SuppressionList = Readonly<{
  /** Adds the address, or overwrites its entry, reason and all. */
  put: (entry: SuppressedDestination) => void;
  get: (address: string) => SuppressedDestination | undefined;
  /** Whether there was such an entry. */
  delete: (address: string) => boolean;
  /** All entries, in no promised order. */
  entries: () => readonly SuppressedDestination[];
  /** Why sending to this address is suppressed; a complaint in any spelling weighs more than a bounce. */
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

/** The spelling an entry is kept under. */
export const keyOf = (address: string): string => {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  return trimmed.slice(0, at + 1) + trimmed.slice(at + 1).toLowerCase();
};
