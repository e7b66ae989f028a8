import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Returns the secret that signs public links (lambdas/public-links/token.ts). */
export type LinkSecretReader = () => Promise<string>;

/**
 * Reads the secret at first use and caches it: it never changes, because that would invalidate all sent links. A failure is
 * not cached.
 * @throws whatever the SDK throws, and Error if the secret holds no text
 */
export const linkSecret = (client: Pick<SecretsManagerClient, 'send'>, arn: string): LinkSecretReader => {
  let known: Promise<string> | undefined;
  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    // With an empty secret, anyone could create valid signatures.
    if (!SecretString) throw new Error('the secret of the public links holds no text');
    return SecretString;
  };
  return () => {
    known ??= read().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
};

/** Creates a client that times out before its function does, so that an error page can still be returned. */
export const connectSecrets = (): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
