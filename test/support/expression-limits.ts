import { type DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

/**
 * Limits of an expression and of its placeholders' values (DynamoDB Developer Guide, Constraints, expression
 * parameters).
 */
const LIMITS = { bytes: 4_096, operators: 300, substitutes: 2 * 1_048_576, placeholder: 255 };

const EXPRESSIONS = [
  ...['UpdateExpression', 'ConditionExpression', 'KeyConditionExpression', 'FilterExpression'],
  'ProjectionExpression',
];

/**
 * Rejects what DynamoDB rejects. Both engines have the limit of 4 KB; the native one has neither the limit on operators
 * nor that on the size of placeholders' values.
 */
export const holdToExpressionLimits = (client: DynamoDBClient): void =>
  client.middlewareStack.add(
    (next) => async (args) => {
      const problem = problemIn(args.input as Readonly<Record<string, unknown>>);
      if (problem === undefined) return next(args);
      throw new DynamoDBServiceException({
        ...{ name: 'ValidationException', message: problem, $fault: 'client' },
        $metadata: { httpStatusCode: 400 },
      });
    },
    // After the SDK has converted the document client's objects to DynamoDB's JSON.
    { step: 'build' },
  );

/** Why DynamoDB would reject a request for its expressions; `undefined` if it would not. */
export const problemIn = (input: Readonly<Record<string, unknown>>): string | undefined => {
  for (const name of EXPRESSIONS) {
    const text = input[name];
    if (typeof text !== 'string') continue;
    if (Buffer.byteLength(text) > LIMITS.bytes) return `Invalid ${name}: Expression size has exceeded the maximum`;
    if (operatorsIn(name, text) > LIMITS.operators) return `Invalid ${name}: The expression has too many operators`;
  }
  const names = (input.ExpressionAttributeNames ?? {}) as Readonly<Record<string, string>>;
  const values = (input.ExpressionAttributeValues ?? {}) as Readonly<Record<string, unknown>>;
  const placeholders = [...Object.keys(names), ...Object.keys(values)];
  if (placeholders.some((one) => Buffer.byteLength(one) > LIMITS.placeholder)) return 'A placeholder is too long';
  // JSON is larger than the size DynamoDB counts, so this is stricter.
  const size = Buffer.byteLength(JSON.stringify([names, values], inBase64));
  return size > LIMITS.substitutes ? 'ExpressionAttributeValues exceeds max size' : undefined;
};

/** In an UpdateExpression an assignment is not an operator (the same page): `SET a = :b + :c` has one. */
const operatorsIn = (name: string, text: string): number =>
  text.replaceAll(/[#:]\w+/g, 'x').match(name === 'UpdateExpression' ? /\w+\s*\(|[+-]/g : CONDITION)?.length ?? 0;

const CONDITION = /\b(?:AND|OR|NOT|BETWEEN|IN)\b|<>|<=|>=|[<>=]|\b(?!AND|OR|NOT|IN)\w+\s*\(/g;

const inBase64 = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
