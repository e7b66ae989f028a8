import type { Secrets } from '../secrets/secrets.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** The requests of a Secrets Manager client: the AWS JSON protocol, by a header, all to one path. */
export const isSecretsManager = ({ headers }: Request): boolean =>
  headers['x-amz-target']?.startsWith('secretsmanager.') ?? false;

/** GetSecretValue, the only Secrets Manager operation the stack's functions call. */
export const askSecretsManager = async ({ headers, body }: Request, secrets: Secrets): Promise<Answer> => {
  const operation = headers['x-amz-target'];
  if (operation !== 'secretsmanager.GetSecretValue') {
    return refuse('UnknownOperationException', `${operation} is not known here`);
  }
  const { SecretId, VersionStage = 'AWSCURRENT' } = JSON.parse(body.toString('utf8'));
  const secret = VersionStage === 'AWSCURRENT' ? secrets.find(String(SecretId)) : undefined;
  if (secret === undefined) {
    return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return json(200, {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: secret.versionId,
    SecretString: secret.value,
    VersionStages: ['AWSCURRENT'],
    CreatedDate: secret.createdAt / 1000,
  });
};

const refuse = (code: string, Message: string): Answer => json(400, { __type: code, Message });
