/** The identities of the account: domains and addresses it may send from. Those not verified are pending. */
export type Identities = Readonly<{
  /** Adds an identity, or changes whether it is verified. */
  put: (name: string, verified: boolean) => void;
  /** Whether it is verified; `undefined` if there is no such identity. */
  get: (name: string) => boolean | undefined;
  /** Deletes an identity. Returns whether there was one. */
  delete: (name: string) => boolean;
  /** By name, in order. */
  entries: () => readonly Identity[];
  /** Whether mail may be sent from this address. */
  covers: (address: string) => boolean;
}>;

export type Identity = Readonly<{ name: string; verified: boolean }>;

/** @param given by name, whether each is verified */
export const createIdentities = (given: Readonly<Record<string, boolean>>): Identities => {
  const identities = new Map(Object.entries(given).map(([name, verified]) => [identityKey(name), verified]));
  const isVerified = (name: string) => identities.get(name) === true;
  return {
    put: (name, verified) => {
      identities.set(identityKey(name), verified);
    },
    get: (name) => identities.get(identityKey(name)),
    delete: (name) => identities.delete(identityKey(name)),
    entries: () => [...identities].sort().map(([name, verified]) => ({ name, verified })),
    covers: (address) => namesThatCover(address).some(isVerified),
  };
};

/** The normalized name of an identity: the case of a domain is ignored, that of a local part is not. */
export const identityKey = (name: string): string => {
  const at = name.lastIndexOf('@');
  return name.slice(0, at + 1) + name.slice(at + 1).toLowerCase();
};

/**
 * The identities that would allow an address if they were verified: itself, itself without a label, its domain, and
 * every parent domain (SES Developer Guide, creating-identities: from a verified domain any address and subdomain may
 * send).
 */
const namesThatCover = (address: string): readonly string[] => {
  const key = identityKey(address);
  const at = key.lastIndexOf('@');
  const unlabelled = key.slice(0, at).split('+')[0] + key.slice(at);
  const labels = key.slice(at + 1).split('.');
  return [key, unlabelled, ...labels.map((_, index) => labels.slice(index).join('.'))];
};
