import { createHash } from 'node:crypto';
import type { SecretBlueprint } from '../template/secrets.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** The requests of a Secrets Manager client: the AWS JSON protocol, by a header, all to one path. */
export const isSecretsManager = ({ headers }: Request): boolean =>
  headers['x-amz-target']?.startsWith('secretsmanager.') ?? false;

/** GetSecretValue, all that the stack's functions ask of it. */
export const askSecretsManager = async (
  { headers, body }: Request,
  secrets: readonly SecretBlueprint[],
): Promise<Answer> => {
  const operation = headers['x-amz-target'];
  if (operation !== 'secretsmanager.GetSecretValue') {
    return refuse('InvalidRequestException', `${operation} is not known here`);
  }
  const { SecretId } = JSON.parse(body.toString('utf8'));
  const secret = secrets.find(({ arn, name }) => SecretId === arn || SecretId === name);
  if (secret === undefined) {
    return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  const { arn: ARN, name: Name } = secret;
  return json(200, { ARN, Name, SecretString: textOf(secret), VersionId: 'local', VersionStages: ['AWSCURRENT'] });
};

/** The same at every start, as links in emails of before must go on working. It protects nothing: all is open here. */
const textOf = ({ name, length }: SecretBlueprint): string => {
  const digest = createHash('sha512').update(`local ${name}`).digest('hex');
  return digest.repeat(Math.ceil(length / digest.length)).slice(0, length);
};

const refuse = (type: string, message: string): Answer => json(400, { __type: type, message });
