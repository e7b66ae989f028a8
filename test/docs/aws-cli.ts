// Stands in for the AWS CLI where a test runs the commands of a document: the same options of `aws dynamodb query` and
// `get-item`, sent by the SDK to the engine at AWS_ENDPOINT_URL_DYNAMODB. An option that is not known here is an error.

import { parseArgs } from 'node:util';
import { type AttributeValue, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { localDynamoDB } from '../../local/process/local-dynamodb.ts';
import { holdToExpressionLimits } from '../support/expression-limits.ts';

type Item = Record<string, AttributeValue>;

const text = { type: 'string' } as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'table-name': text,
    'index-name': text,
    'key-condition-expression': text,
    'expression-attribute-names': text,
    'expression-attribute-values': text,
    'no-scan-index-forward': { type: 'boolean' },
    key: text,
    query: text,
    output: text,
  },
});

const json = (given: string | undefined) => (given === undefined ? undefined : JSON.parse(given));

const client = localDynamoDB(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', { maxAttempts: 1 });
holdToExpressionLimits(client);

/** All pages, as the AWS CLI reads them. */
const query = async (): Promise<Readonly<{ Items: readonly Item[] }>> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: values['table-name'],
        IndexName: values['index-name'],
        KeyConditionExpression: values['key-condition-expression'],
        ExpressionAttributeNames: json(values['expression-attribute-names']),
        ExpressionAttributeValues: json(values['expression-attribute-values']),
        ScanIndexForward: values['no-scan-index-forward'] === undefined,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return { Items: items };
};

const getItem = async (): Promise<Readonly<{ Item?: Item | undefined }>> => {
  const { Item } = await client.send(new GetItemCommand({ TableName: values['table-name'], Key: json(values.key) }));
  return { Item };
};

const answer = async (): Promise<Readonly<{ Items?: readonly Item[]; Item?: Item | undefined }>> => {
  const command = positionals.join(' ');
  if (command === 'dynamodb query') return query();
  if (command === 'dynamodb get-item') return getItem();
  throw new Error(`"aws ${command}" is not known here`);
};

/** `--output text` of the one kind of JMESPath expression that the documents use: a row of attributes, tabs between them. */
const rows = ({ Items, Item }: Awaited<ReturnType<typeof answer>>, expression = ''): readonly string[] => {
  const [, from, list = ''] = /^(Items\[\]|Item)\.\[(.+)\]$/.exec(expression) ?? [];
  if (from === undefined) throw new Error(`--query "${expression}" is not known here`);
  const paths = list.split(', ').map((path) => /^(\w+)\.S$/.exec(path)?.[1]);
  if (paths.includes(undefined)) throw new Error(`--query "${expression}" is not known here`);
  const items = from === 'Item' ? [Item ?? {}] : (Items ?? []);
  return items.map((item) => paths.map((name = '') => item[name]?.S ?? 'None').join('\t'));
};

const found = await answer();
if (values.output === 'text') for (const row of rows(found, values.query)) console.log(row);
else console.log(JSON.stringify(found, (_, value) => (value instanceof Set ? [...value] : value)));
client.destroy();
