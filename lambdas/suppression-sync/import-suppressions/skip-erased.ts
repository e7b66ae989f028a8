import type { SesListEntry } from '../../domain/suppression/ses-list.ts';
import { foldAddress } from '../../domain/values/address.ts';
import type { ErasedReader } from '../../store/erasures/erased-recipients.ts';
import type { Erasures } from '../../store/erasures/erasures.ts';

export type SkipDependencies = Readonly<{ erasedPeople: ErasedReader; erasures: Pick<Erasures, 'keepOn'> }>;

/**
 * Which addresses of a page of SES's list must not be imported: those of people whose suppression was erased in Mailtrail,
 * although they are still on SES's list. As long as they are, the time for which their erasure is stored is extended.
 */
export const skipErased = async (
  entries: readonly SesListEntry[],
  now: string,
  { erasedPeople, erasures }: SkipDependencies,
): Promise<(address: string) => boolean> => {
  const people = await erasedPeople(Date.parse(now));
  const addresses = new Set(entries.flatMap(({ spelling }) => foldAddress(spelling) ?? []));
  for (const address of addresses) {
    const erasedAt = people.suppressionErasedAt(address);
    if (erasedAt !== undefined) await erasures.keepOn(address, erasedAt, now);
  }
  return (address) => people.suppressionErasedAt(address) !== undefined;
};
