import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Gives the secret that public links are signed with (lambdas/public-links/token.ts). */
export type LinkSecretReader = () => Promise<string>;

/**
 * Reads the secret when it is first needed and keeps it: it never changes, or every link that was ever sent would be
 * dead. A failure is not kept.
 * @throws whatever the SDK throws, and Error where the secret holds no text
 */
export const linkSecret = (client: Pick<SecretsManagerClient, 'send'>, arn: string): LinkSecretReader => {
  let known: Promise<string> | undefined;
  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    // Signing with nothing would let everybody sign.
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

/** A client that gives up before its function has to: whoever waits for a page should hear that it failed. */
export const connectSecrets = (): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
