import {
  GetSecretValueCommand,
  ListSecretsCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSecretsManager, isSecretsManager } from '../../local/http/secrets-calls.ts';
import { listen } from '../../local/http/server.ts';
import { readResources } from '../../local/template/resources.ts';
import { readSecrets } from '../../local/template/secrets.ts';

const template = (Properties: Readonly<Record<string, unknown>>) => ({
  Resources: {
    LinkSecret1234ABCD: {
      Type: 'AWS::SecretsManager::Secret',
      Metadata: { 'aws:cdk:path': 'Small/LinkSecret/Secret/Resource' },
      Properties,
    },
  },
});
const secrets = readSecrets(readResources(template({ GenerateSecretString: { PasswordLength: 64 } })));

describe('the local Secrets Manager', () => {
  let server: Awaited<ReturnType<typeof listen>>;
  let client: SecretsManagerClient;
  beforeAll(async () => {
    server = await listen(0);
    server.serve({
      handle: async (request) => {
        expect(isSecretsManager(request)).toBe(true);
        return askSecretsManager(request, secrets);
      },
      mostBytes: () => 10_000,
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new SecretsManagerClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });
  const ask = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

  it('has a value of the length that the template asks for, by ARN and by name, always the same', async () => {
    const [{ arn = '', name = '' } = {}] = secrets;
    const { SecretString } = await ask(arn);

    expect(SecretString).toMatch(/^[0-9a-f]{64}$/);
    expect((await ask(name)).SecretString).toBe(SecretString);
  });

  it('knows no other secret, and no other call', async () => {
    await expect(ask('other')).rejects.toThrow(ResourceNotFoundException);
    await expect(client.send(new ListSecretsCommand({}))).rejects.toThrow('ListSecrets is not known here');
  });

  it('is told of a template’s secret that has a value of its own', () => {
    expect(() => readSecrets(readResources(template({ SecretString: 'plain' })))).toThrow(
      'LinkSecret1234ABCD.GenerateSecretString is missing',
    );
  });
});
