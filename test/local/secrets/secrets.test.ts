import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../local/process/local-dynamodb.ts';
import { temporaryFolder } from '../bundle.ts';
import { startSmallStack } from '../small-stack.ts';

type Options = Parameters<typeof startSmallStack>[0];
type Properties = Record<string, unknown>;

/** A stack with a secret, and a function that has its ARN. */
const start = async (properties: Properties, options: Options = {}) => {
  const stack = await startSmallStack(options, (resources) => {
    resources.Secret1 = {
      Type: 'AWS::SecretsManager::Secret',
      Metadata: { 'aws:cdk:path': 'Small/LinkSecret/Resource' },
      Properties: properties,
    };
    resources.Record1.Properties.Environment.Variables.SECRET = { Ref: 'Secret1' };
  });
  const client = new SecretsManagerClient({ endpoint: stack.url, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
  const arn = stack.blueprint.functions[0]?.environment.SECRET ?? '';
  const get = (SecretId = arn) => client.send(new GetSecretValueCommand({ SecretId }));
  return { ...stack, arn, get };
};

describe('a secret of the template', () => {
  it('is readable for a function by the ARN in its environment', async () => {
    const { arn, get } = await start({ GenerateSecretString: {} });
    const { SecretString = '', ...rest } = await get();

    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:link-secret-.{6}$/);
    expect(rest).toMatchObject({ ARN: arn, Name: 'link-secret', VersionStages: ['AWSCURRENT'] });
    expect(rest.CreatedDate?.getTime()).toSatisfy((time: number) => Math.abs(time - Date.now()) < 60_000);
    expect((await get('link-secret')).SecretString).toBe(SecretString);
    expect((await get(arn.slice(0, -7))).SecretString).toBe(SecretString);
  });

  it('is 32 characters, different in each stack', async () => {
    const values = [await start({ GenerateSecretString: {} }), await start({ GenerateSecretString: {} })];
    const [one = '', other] = await Promise.all(values.map(async ({ get }) => (await get()).SecretString));

    expect(one).toHaveLength(32);
    expect(one).not.toBe(other);
  });

  it.each([1, 2, 3])('has one character of each kind, however short it is: time %i', async () => {
    const { get } = await start({ GenerateSecretString: { PasswordLength: 4 } });
    const { SecretString } = await get();

    expect(SecretString).toHaveLength(4);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(SecretString).toMatch(kind);
  });

  it('is generated as the template defines', async () => {
    const { get } = await start({
      GenerateSecretString: {
        PasswordLength: 400,
        ExcludePunctuation: true,
        ExcludeUppercase: true,
        ExcludeCharacters: 'abc0',
        SecretStringTemplate: '{"user":"club"}',
        GenerateStringKey: 'password',
      },
    });
    const { user, password } = JSON.parse((await get()).SecretString ?? '');

    expect(user).toBe('club');
    expect(password).toMatch(/^[d-z1-9]{400}$/);
    expect(new Set(password).size).toBe(23 + 9);
  });

  it('has the value in the template, if there is one', async () => {
    const { get } = await start({ SecretString: 'as given' });
    expect((await get()).SecretString).toBe('as given');
  });

  it('stays the same in a data folder, readable by its owner alone', async () => {
    const dataFolder = temporaryFolder();
    const first = await start({ GenerateSecretString: {} }, { dataFolder });
    const { SecretString, VersionId } = await first.get();
    await first.stop();
    const second = await start({ GenerateSecretString: {} }, { dataFolder });

    expect(await second.get()).toMatchObject({ SecretString, VersionId });
    expect(statSync(join(dataFolder, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('is the only one', async () => {
    const { get } = await start({ GenerateSecretString: {} });
    await expect(get('other')).rejects.toThrow(ResourceNotFoundException);
  });
});
