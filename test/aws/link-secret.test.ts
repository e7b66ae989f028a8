import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { linkSecret } from '../../lambdas/aws/link-secret.ts';

/** A Secrets Manager that returns these answers in turn; an error is thrown. */
const secretsManager = (...answers: readonly (object | Error)[]) => {
  const asked: unknown[] = [];
  const send = async ({ input }: { input: unknown }) => {
    const answer = answers[asked.push(input) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, client: { send } as unknown as SecretsManagerClient };
};

describe('the secret of the public links', () => {
  it('is read once, for any number of concurrent callers', async () => {
    const { asked, client } = secretsManager({ SecretString: 'of many characters' });
    const secret = linkSecret(client, 'arn:secret');

    expect(asked).toEqual([]);
    expect(await Promise.all([secret(), secret()])).toEqual(Array(2).fill('of many characters'));
    expect(await secret()).toBe('of many characters');
    expect(asked).toEqual([{ SecretId: 'arn:secret' }]);
  });

  it('is read again after a failure', async () => {
    const { asked, client } = secretsManager(new Error('throttled'), { SecretString: 'of many characters' });
    const secret = linkSecret(client, 'arn:secret');

    await expect(secret()).rejects.toThrow('throttled');
    expect(await secret()).toBe('of many characters');
    expect(asked).toHaveLength(2);
  });

  it.each([[{ SecretString: '' }], [{}]])('is never empty: %j', async (answer) => {
    await expect(linkSecret(secretsManager(answer).client, 'arn:secret')()).rejects.toThrow('holds no text');
  });
});
