import type { Resources } from './resources.ts';

/** A secret to keep. */
export type SecretBlueprint = Readonly<{ name: string; arn: string; length: number }>;

/** The secrets of a template whose values Secrets Manager makes; there are no others. */
export const readSecrets = (resources: Resources): readonly SecretBlueprint[] =>
  resources.of('AWS::SecretsManager::Secret').map(({ name, ref, properties }) => {
    const generated = properties.at('GenerateSecretString');
    if (!generated.given) throw generated.broken('is missing: no other secrets are understood here');
    return { name, arn: ref, length: generated.at('PasswordLength').number(32) };
  });
