import { createDraw, type Draw } from './chance.ts';
import type { Fault } from './faults.ts';
import type { Identities } from './identities.ts';
import { changed, type SesSettings } from './settings.ts';

/** Counts of SendEmail calls by result. Accepted ones include the hung and the dropped; refused are all others. */
export type Calls = Readonly<Record<'taken' | 'refused' | Fault, number>>;

/** The simulated SES's settings and counters, which `/local/ses` shows and changes. */
export type Control = Readonly<{
  settings: () => SesSettings;
  /** @throws WrongSettings */
  change: (change: unknown) => void;
  /** The random numbers of the next call. */
  nextDraw: () => Draw;
  count: (what: keyof Calls) => void;
  calls: () => Calls;
}>;

/** @param usual the initial settings, which null restores */
export const createControl = (usual: SesSettings, identities: Identities): Control => {
  let settings = usual;
  let drawn = 0;
  const calls = { taken: 0, refused: 0, throttled: 0, failed: 0, hung: 0, dropped: 0 };
  return {
    settings: () => settings,
    change: (change) => {
      const before = settings;
      settings = changed(settings, usual, change);
      for (const [name, verified] of Object.entries(settings.identities)) {
        if (settings.identities !== before.identities) identities.put(name, verified);
      }
      if (Object.hasOwn(change as object, 'seed')) drawn = 0;
    },
    nextDraw: () => {
      drawn += 1;
      return createDraw(`${settings.seed}\ncall ${drawn}`);
    },
    count: (what) => {
      calls[what] += 1;
    },
    calls: () => ({ ...calls }),
  };
};
