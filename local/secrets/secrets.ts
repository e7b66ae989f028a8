import { randomInt, randomUUID } from 'node:crypto';
import { keptFile } from '../process/kept-file.ts';
import type { PasswordBlueprint, SecretBlueprint } from '../template/secrets.ts';

/** A secret and its one version. `createdAt` in milliseconds since 1970. */
export type Secret = Readonly<{ name: string; arn: string; value: string; versionId: string; createdAt: number }>;

export type Secrets = Readonly<{
  /** By name or ARN, with or without the six characters that Secrets Manager appends to an ARN. */
  find: (id: string) => Secret | undefined;
}>;

/**
 * Creates a template's secrets. With a data folder, generated values stay the same, as in a deployed stack.
 *
 * @param dataFolder where they are kept between runs; without one they are generated anew
 */
export const createSecrets = (blueprints: readonly SecretBlueprint[], dataFolder?: string): Secrets => {
  const file = keptFile<readonly Secret[]>(dataFolder, 'secrets.json', 'its secrets');
  const kept = file.load() ?? [];
  const secrets = blueprints.map(({ name, arn, value }): Secret => {
    const known = kept.find((one) => one.name === name);
    if (known && (typeof value !== 'string' || known.value === value)) return known;
    const text = typeof value === 'string' ? value : generated(value);
    return { name, arn, value: text, versionId: randomUUID(), createdAt: Date.now() };
  });
  if (secrets.some((secret) => !kept.includes(secret))) file.save(secrets);
  return {
    find: (id) => secrets.find(({ name, arn }) => [name, arn, arn.slice(0, -'-xxxxxx'.length)].includes(id)),
  };
};

const generated = ({ length, alphabets, within }: PasswordBlueprint): string => {
  const all = alphabets.join('');
  const characters = Array.from({ length }, (_, index) => drawn(alphabets[index] ?? all));
  // One of each comes first; shuffled so that their places cannot be predicted.
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  const password = characters.join('');
  return within === undefined ? password : JSON.stringify({ ...JSON.parse(within.template), [within.key]: password });
};

const drawn = (alphabet: string): string => alphabet[randomInt(alphabet.length)] ?? '';
