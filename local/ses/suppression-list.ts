import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
  const file = dataFolder === undefined ? undefined : join(dataFolder, 'ses-suppression-list.json');
  const entries = new Map(load(file).map((entry) => [keyOf(entry.address), entry]));
  const changed = () => {
    if (file !== undefined) save(file, [...entries.values()]);
  };
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

const load = (file: string | undefined): readonly SuppressedDestination[] => {
  if (file === undefined) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`The simulated SES cannot read its suppression list in ${file}: ${(error as Error).message}`);
  }
};

const save = (file: string, entries: readonly SuppressedDestination[]) => {
  mkdirSync(join(file, '..'), { recursive: true });
  // Written beside and renamed, so that a stop in between leaves the old list whole.
  writeFileSync(`${file}.new`, `${JSON.stringify(entries, null, 1)}\n`);
  renameSync(`${file}.new`, file);
};
